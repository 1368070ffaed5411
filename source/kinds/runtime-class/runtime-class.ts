import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {invalid} from '../errors.js';
import {label1123} from '../rules.js';

export default {
	kind: 'RuntimeClass',
	group: 'node.k8s.io',
	version: 'v1',
	plural: 'runtimeclasses',
	singular: 'runtimeclass',
	shortNames: [],
	namespaced: false,
	schema: 'node.v1.RuntimeClass',
	validate: ({handler = ''}, old) => [
		...label1123('handler', handler),
		...(old && old.handler !== handler ? [invalid('handler', handler, 'field is immutable')] : []),
	],
	columns: [nameColumn, column('Handler', ({handler}) => handler ?? ''), ageColumn],
} satisfies Kind;
