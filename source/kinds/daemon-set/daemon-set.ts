import type {Kind} from '../../api/kind.js';
import {equal} from '../../api/values/plain.js';
import {ageColumn, column, formatLabels, formatSelector, integer, nameColumn, templateColumns, wide} from '../cells.js';
import {defaultTemplate} from '../pod/defaults.js';
import {describeDaemonSet} from './describe.js';
import {validateDaemonSet} from './validate.js';
import {templateWarnings} from '../pod/warnings.js';
import {statusCounts} from '../status-counts.js';

/** spec.templateGeneration of old API versions lives on as an annotation (pkg/apis/apps/v1/conversion.go). */
const generationKey = 'deprecated.daemonset.template.generation';
const generationOf = (set: any): number => Number(set.metadata.annotations?.[generationKey] ?? 0);
const noteGeneration = (set: any, generation: number) => {
	set.metadata.annotations = {...set.metadata.annotations, [generationKey]: String(generation)};
};

export default {
	kind: 'DaemonSet',
	group: 'apps',
	version: 'v1',
	plural: 'daemonsets',
	singular: 'daemonset',
	shortNames: ['ds'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status'],
	schema: 'apps.v1.DaemonSet',
	generation: 'spec',
	defaults(set) {
		const spec = (set.spec ??= {});
		spec.updateStrategy ??= {};
		spec.updateStrategy.type ||= 'RollingUpdate';
		if (spec.updateStrategy.type === 'RollingUpdate') {
			spec.updateStrategy.rollingUpdate ??= {};
			spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
			spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
		}

		spec.revisionHistoryLimit ??= 10;
		defaultTemplate((spec.template ??= {}));
		set.status = {currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0, ...set.status};
	},
	prepareForCreate(set) {
		set.status = {currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0};
		noteGeneration(set, Math.max(1, generationOf(set)));
	},
	prepareForUpdate(set, old) {
		noteGeneration(set, generationOf(old) + (equal(set.spec?.template, old.spec?.template) ? 0 : 1));
	},
	validate: validateDaemonSet,
	validateStatus: statusCounts({
		counts: [
			'currentNumberScheduled',
			'numberMisscheduled',
			'desiredNumberScheduled',
			'numberReady',
			'observedGeneration',
			'updatedNumberScheduled',
			'numberAvailable',
			'numberUnavailable',
			'collisionCount',
		],
		collisions: true,
	}),
	warnings: ({spec}, old) => (old ? [] : templateWarnings(spec.template, 'spec.template')),
	columns: [
		nameColumn,
		integer('Desired', ({status}) => status?.desiredNumberScheduled ?? 0),
		integer('Current', ({status}) => status?.currentNumberScheduled ?? 0),
		integer('Ready', ({status}) => status?.numberReady ?? 0),
		integer('Up-to-date', ({status}) => status?.updatedNumberScheduled ?? 0),
		integer('Available', ({status}) => status?.numberAvailable ?? 0),
		column('Node Selector', ({spec}) => formatLabels(spec?.template?.spec?.nodeSelector)),
		ageColumn,
		...templateColumns,
		wide('Selector', ({spec}) => formatSelector(spec?.selector)),
	],
	describe: describeDaemonSet,
} satisfies Kind;
