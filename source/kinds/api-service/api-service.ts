import type {Kind} from '../../api/kind.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {aggregatedKinds} from './aggregated-kinds.js';
import {validateApiService} from './validate.js';

export default {
	kind: 'APIService',
	group: 'apiregistration.k8s.io',
	version: 'v1',
	plural: 'apiservices',
	singular: 'apiservice',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	statusKeeps: ['labels', 'annotations', 'finalizers', 'ownerReferences'],
	schema: 'apiregistration.v1.APIService',
	conditionalUpdate: true,
	nameRule: isPathSegment,
	categories: ['api-extensions'],
	defaults(service) {
		if (service.spec?.service) service.spec.service.port ??= 443;
	},
	validate: validateApiService,
	defines: ({metadata, spec}) =>
		spec?.service ? aggregatedKinds(spec.group, spec.version).map(kind => ({...kind, aggregatedBy: metadata.name})) : [],
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
