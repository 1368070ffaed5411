import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'RuntimeClass',
	group: 'node.k8s.io',
	version: 'v1',
	plural: 'runtimeclasses',
	singular: 'runtimeclass',
	shortNames: [],
	namespaced: false,
	schema: 'node.v1.RuntimeClass',
	columns: [nameColumn, column('Handler', ({handler}) => handler ?? ''), ageColumn],
} satisfies Kind;
