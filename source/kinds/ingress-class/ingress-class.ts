import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeIngressClass} from './describe.js';
import {validateIngressClass} from './validate.js';

export default {
	kind: 'IngressClass',
	group: 'networking.k8s.io',
	version: 'v1',
	plural: 'ingressclasses',
	singular: 'ingressclass',
	shortNames: [],
	namespaced: false,
	schema: 'networking.v1.IngressClass',
	generation: 'spec',
	defaults(object) {
		if (object.spec?.parameters) object.spec.parameters.scope ??= 'Cluster';
	},
	validate: validateIngressClass,
	columns: [
		nameColumn,
		column('Controller', ({spec}) => spec?.controller ?? ''),
		column('Parameters', ({spec}) => {
			const parameters = spec?.parameters;
			return parameters ? `${parameters.kind}${parameters.apiGroup ? `.${parameters.apiGroup}` : ''}/${parameters.name}` : '<none>';
		}),
		ageColumn,
	],
	describe: describeIngressClass,
} satisfies Kind;
