import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'APIService',
	group: 'apiregistration.k8s.io',
	version: 'v1',
	plural: 'apiservices',
	singular: 'apiservice',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	schema: 'apiregistration.v1.APIService',
	categories: ['api-extensions'],
	defaults(service) {
		if (service.spec?.service) service.spec.service.port ??= 443;
	},
	columns: [
		nameColumn,
		column('Service', ({spec}) => (spec?.service ? `${spec.service.namespace}/${spec.service.name}` : 'Local')),
		column('Available', ({status}) => {
			const available = status?.conditions?.find((condition: any) => condition.type === 'Available');
			if (!available) return 'Unknown';
			return available.status === 'True' ? 'True' : `${available.status} (${available.reason})`;
		}),
		ageColumn,
	],
} satisfies Kind;
