import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeServiceCidr} from './describe.js';

export default {
	kind: 'ServiceCIDR',
	group: 'networking.k8s.io',
	version: 'v1',
	plural: 'servicecidrs',
	singular: 'servicecidr',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	schema: 'networking.v1.ServiceCIDR',
	columns: [nameColumn, column('CIDRs', ({spec}) => (spec?.cidrs ?? []).join(',')), ageColumn],
	describe: describeServiceCidr,
} satisfies Kind;
