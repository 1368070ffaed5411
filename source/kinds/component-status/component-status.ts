import type {Kind} from '../../api/kind.js';
import {column, nameColumn} from '../cells.js';

export default {
	kind: 'ComponentStatus',
	group: '',
	version: 'v1',
	plural: 'componentstatuses',
	singular: 'componentstatus',
	shortNames: ['cs'],
	namespaced: false,
	verbs: ['get', 'list'],
	schema: 'core.v1.ComponentStatus',
	deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
	columns: [
		nameColumn,
		column('Status', ({conditions}) =>
			healthy(conditions)?.status === 'True' ? 'Healthy' : healthy(conditions)?.status === 'False' ? 'Unhealthy' : 'Unknown',
		),
		column('Message', ({conditions}) => healthy(conditions)?.message ?? ''),
		column('Error', ({conditions}) => healthy(conditions)?.error ?? ''),
	],
} satisfies Kind;

const healthy = (conditions: any[] | undefined) => conditions?.find(({type}) => type === 'Healthy');
