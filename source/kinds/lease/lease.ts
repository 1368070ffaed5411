import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {invalid} from '../errors.js';

export default {
	kind: 'Lease',
	group: 'coordination.k8s.io',
	version: 'v1',
	plural: 'leases',
	singular: 'lease',
	shortNames: [],
	namespaced: true,
	schema: 'coordination.v1.Lease',
	validate: ({spec}) =>
		spec?.leaseDurationSeconds <= 0 ? [invalid('spec.leaseDurationSeconds', spec.leaseDurationSeconds, 'must be greater than 0')] : [],
	columns: [nameColumn, column('Holder', ({spec}) => spec?.holderIdentity ?? ''), ageColumn],
} satisfies Kind;
