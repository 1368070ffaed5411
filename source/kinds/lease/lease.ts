import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';

export default {
	kind: 'Lease',
	group: 'coordination.k8s.io',
	version: 'v1',
	plural: 'leases',
	singular: 'lease',
	shortNames: [],
	namespaced: true,
	schema: 'coordination.v1.Lease',
	columns: [nameColumn, column('Holder', ({spec}) => spec?.holderIdentity ?? ''), ageColumn],
} satisfies Kind;
