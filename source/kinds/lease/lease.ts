import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {invalid, nonNegative} from '../errors.js';

export default {
	kind: 'Lease',
	group: 'coordination.k8s.io',
	version: 'v1',
	plural: 'leases',
	singular: 'lease',
	shortNames: [],
	namespaced: true,
	schema: 'coordination.v1.Lease',
	conditionalUpdate: true,
	validate: ({spec}) => [
		...(spec?.leaseDurationSeconds <= 0 ? [invalid('spec.leaseDurationSeconds', spec.leaseDurationSeconds, 'must be greater than 0')] : []),
		...nonNegative('spec.leaseTransitions', spec?.leaseTransitions),
	],
	columns: [nameColumn, column('Holder', ({spec}) => spec?.holderIdentity ?? ''), ageColumn],
} satisfies Kind;
