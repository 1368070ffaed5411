import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {roundUp} from '../pod/defaults.js';
import {describeResourceQuota} from './describe.js';
import {validateQuota} from './validate.js';

export default {
	kind: 'ResourceQuota',
	group: '',
	version: 'v1',
	plural: 'resourcequotas',
	singular: 'resourcequota',
	shortNames: ['quota'],
	namespaced: true,
	subresources: ['status'],
	schema: 'core.v1.ResourceQuota',
	defaults(quota) {
		quota.spec ??= {};
		roundUp(quota.spec.hard);
		roundUp(quota.status?.hard);
		roundUp(quota.status?.used);
	},
	validate: validateQuota,
	columns: [nameColumn, column('Request', quota => usage(quota, false)), column('Limit', quota => usage(quota, true)), ageColumn],
	describe: describeResourceQuota,
} satisfies Kind;

/** `cpu: 1/2, pods: 3/10`; what begins with `limits.` stands apart. */
function usage({status}: any, limits: boolean): string {
	return Object.keys(status?.hard ?? {})
		.filter(name => name.startsWith('limits.') === limits)
		.sort()
		.map(name => `${name}: ${status.used?.[name] ?? '0'}/${status.hard[name]}`)
		.join(', ');
}
