import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeIpAddress} from './describe.js';

export default {
	kind: 'IPAddress',
	group: 'networking.k8s.io',
	version: 'v1',
	plural: 'ipaddresses',
	singular: 'ipaddress',
	shortNames: ['ip'],
	namespaced: false,
	schema: 'networking.v1.IPAddress',
	columns: [
		nameColumn,
		column('ParentRef', ({spec}) => {
			const parent = spec?.parentRef ?? {};
			return [parent.resource + (parent.group ? `.${parent.group}` : ''), parent.namespace, parent.name].filter(Boolean).join('/');
		}),
		ageColumn,
	],
	describe: describeIpAddress,
} satisfies Kind;
