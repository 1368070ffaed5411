import type {Kind} from '../../api/kind.js';
import {ageColumn, column, integer, nameColumn} from '../cells.js';
import {validateAdmissionPolicy} from './validate.js';

export default {
	kind: 'ValidatingAdmissionPolicy',
	group: 'admissionregistration.k8s.io',
	version: 'v1',
	plural: 'validatingadmissionpolicies',
	singular: 'validatingadmissionpolicy',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	schema: 'admissionregistration.v1.ValidatingAdmissionPolicy',
	conditionalUpdate: true,
	generation: 'spec',
	defaults(policy) {
		if (policy.spec) policy.spec.failurePolicy ??= 'Fail';
	},
	validate: validateAdmissionPolicy,
	columns: [
		nameColumn,
		integer('Validations', ({spec}) => spec?.validations?.length ?? 0),
		column('ParamKind', ({spec}) => (spec?.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : '<unset>')),
		ageColumn,
	],
} satisfies Kind;
