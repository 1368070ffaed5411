import type {Kind} from '../../api/kind.js';
import {ageColumn, column, integer, nameColumn} from '../cells.js';
import {describePriorityClass} from './describe.js';
import {validatePriorityClass} from './validate.js';

export default {
	kind: 'PriorityClass',
	group: 'scheduling.k8s.io',
	version: 'v1',
	plural: 'priorityclasses',
	singular: 'priorityclass',
	shortNames: ['pc'],
	namespaced: false,
	schema: 'scheduling.v1.PriorityClass',
	generation: 'spec',
	defaults(priority) {
		priority.value ??= 0;
		priority.preemptionPolicy ??= 'PreemptLowerPriority';
	},
	validate: validatePriorityClass,
	columns: [
		nameColumn,
		integer('Value', ({value}) => value ?? 0),
		column('Global-Default', ({globalDefault}) => Boolean(globalDefault), {type: 'boolean'}),
		ageColumn,
		column('PreemptionPolicy', ({preemptionPolicy}) => preemptionPolicy ?? ''),
	],
	describe: describePriorityClass,
} satisfies Kind;
