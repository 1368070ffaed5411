import type {Kind} from '../../api/kind.js';
import {ageColumn, column, formatSelector, nameColumn} from '../cells.js';
import {describeNetworkPolicy} from './describe.js';
import {validateNetworkPolicy} from './validate.js';

export default {
	kind: 'NetworkPolicy',
	group: 'networking.k8s.io',
	version: 'v1',
	plural: 'networkpolicies',
	singular: 'networkpolicy',
	shortNames: ['netpol'],
	namespaced: true,
	schema: 'networking.v1.NetworkPolicy',
	generation: 'spec',
	/** Models pkg/apis/networking/v1/defaults.go. */
	defaults(policy) {
		const spec = (policy.spec ??= {});
		spec.podSelector ??= {};
		for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) for (const port of rule.ports ?? []) port.protocol ??= 'TCP';
		if (!spec.policyTypes?.length) spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
		if (spec.ingress?.length === 0) delete spec.ingress;
		if (spec.egress?.length === 0) delete spec.egress;
	},
	validate: validateNetworkPolicy,
	columns: [nameColumn, column('Pod-Selector', ({spec}) => formatSelector(spec?.podSelector)), ageColumn],
	describe: describeNetworkPolicy,
} satisfies Kind;
