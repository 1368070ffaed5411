import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'ValidatingAdmissionPolicyBinding',
	group: 'admissionregistration.k8s.io',
	version: 'v1',
	plural: 'validatingadmissionpolicybindings',
	singular: 'validatingadmissionpolicybinding',
	shortNames: [],
	namespaced: false,
	schema: 'admissionregistration.v1.ValidatingAdmissionPolicyBinding',
	conditionalUpdate: true,
	generation: 'spec',
	columns: [
		nameColumn,
		column('PolicyName', ({spec}) => spec?.policyName ?? ''),
		column('ParamRef', ({spec}) => {
			const reference = spec?.paramRef;
			if (!reference) return '<unset>';
			return reference.name ? `${reference.namespace ?? '*'}/${reference.name}` : '<selector>';
		}),
		ageColumn,
	],
} satisfies Kind;
