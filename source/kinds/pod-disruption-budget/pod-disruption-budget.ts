import type {Kind} from '../../api/kind.js';
import {ageColumn, column, integer, nameColumn} from '../cells.js';
import {describePodDisruptionBudget} from './describe.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import {validateBudget} from './validate.js';

export default {
	kind: 'PodDisruptionBudget',
	group: 'policy',
	version: 'v1',
	plural: 'poddisruptionbudgets',
	singular: 'poddisruptionbudget',
	shortNames: ['pdb'],
	namespaced: true,
	subresources: ['status'],
	schema: 'policy.v1.PodDisruptionBudget',
	conditionalUpdate: true,
	nameRule: isPathSegment,
	generation: 'spec',
	defaults(budget) {
		budget.status = {disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0, ...budget.status};
	},
	prepareForCreate(budget) {
		budget.status = {disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0};
	},
	validate: validateBudget,
	columns: [
		nameColumn,
		column('Min Available', ({spec}) => String(spec?.minAvailable ?? 'N/A')),
		column('Max Unavailable', ({spec}) => String(spec?.maxUnavailable ?? 'N/A')),
		integer('Allowed Disruptions', ({status}) => status?.disruptionsAllowed ?? 0),
		ageColumn,
	],
	describe: describePodDisruptionBudget,
} satisfies Kind;
