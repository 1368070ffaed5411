import type {Kind} from '../../api/kind.js';
import {ageColumn, formatSelector, integer, nameColumn, templateColumns, wide} from '../cells.js';
import {defaultTemplate} from '../pod/defaults.js';
import {describeReplicaSet} from './describe.js';
import {goSelector} from '../rules.js';
import {immutable, replicatedSpec} from '../workload.js';
import {templateWarnings} from '../pod/warnings.js';
import {ofReplicas, statusCounts} from '../status-counts.js';

export default {
	kind: 'ReplicaSet',
	group: 'apps',
	version: 'v1',
	plural: 'replicasets',
	singular: 'replicaset',
	shortNames: ['rs'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status', 'scale'],
	schema: 'apps.v1.ReplicaSet',
	generation: 'spec',
	scale: {specReplicas: 'spec.replicas', statusReplicas: 'status.replicas'},
	defaults(set) {
		const spec = (set.spec ??= {});
		spec.replicas ??= 1;
		defaultTemplate((spec.template ??= {}));
		set.status = {replicas: 0, ...set.status};
	},
	prepareForCreate(set) {
		set.status = {replicas: 0};
	},
	validate: ({spec}, old) => [
		...replicatedSpec(spec, 'ReplicaSet'),
		...(old ? immutable('spec.selector', spec.selector, old.spec.selector, goSelector(spec.selector)) : []),
	],
	validateStatus: statusCounts({
		counts: ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'],
		bounds: [
			...ofReplicas('fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'),
			['availableReplicas', 'readyReplicas', 'readyReplicas'],
		],
	}),
	warnings: ({spec}, old) => (old ? [] : templateWarnings(spec.template, 'spec.template')),
	columns: [
		nameColumn,
		integer('Desired', ({spec}) => spec?.replicas ?? 0),
		integer('Current', ({status}) => status?.replicas ?? 0),
		integer('Ready', ({status}) => status?.readyReplicas ?? 0),
		ageColumn,
		...templateColumns,
		wide('Selector', ({spec}) => formatSelector(spec?.selector)),
	],
	describe: describeReplicaSet,
} satisfies Kind;
