import type {Kind} from '../../api/kind.js';
import {ageColumn, formatLabels, integer, nameColumn, templateColumns, wide} from '../cells.js';
import {defaultTemplate} from '../pod/defaults.js';
import {describeReplicationController} from './describe.js';
import {validateController} from './validate.js';
import {templateWarnings} from '../pod/warnings.js';
import {ofReplicas, statusCounts} from '../status-counts.js';

export default {
	kind: 'ReplicationController',
	group: '',
	version: 'v1',
	plural: 'replicationcontrollers',
	singular: 'replicationcontroller',
	shortNames: ['rc'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status', 'scale'],
	schema: 'core.v1.ReplicationController',
	selectableFields: {'status.replicas': ({status}) => String(status?.replicas ?? 0)},
	generation: 'spec',
	scale: {specReplicas: 'spec.replicas', statusReplicas: 'status.replicas'},
	defaults(controller) {
		const spec = (controller.spec ??= {});
		const labels = spec.template?.metadata?.labels;
		if (labels && Object.keys(labels).length > 0) {
			if (!spec.selector || Object.keys(spec.selector).length === 0) spec.selector = {...labels};
			if (!controller.metadata.labels || Object.keys(controller.metadata.labels).length === 0) controller.metadata.labels = {...labels};
		}

		spec.replicas ??= 1;
		if (spec.template) defaultTemplate(spec.template);
		controller.status = {replicas: 0, ...controller.status};
	},
	prepareForCreate(controller) {
		controller.status = {replicas: 0};
	},
	validate: validateController,
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
		wide('Selector', ({spec}) => formatLabels(spec?.selector)),
	],
	describe: describeReplicationController,
} satisfies Kind;
