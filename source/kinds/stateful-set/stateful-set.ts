import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn, templateColumns} from '../cells.js';
import {defaultClaimSpec, defaultTemplate} from '../pod/defaults.js';
import {describeStatefulSet} from './describe.js';
import {validateStatefulSet} from './validate.js';
import {templateWarnings} from '../pod/warnings.js';
import {ofReplicas, statusCounts} from '../status-counts.js';

export default {
	kind: 'StatefulSet',
	group: 'apps',
	version: 'v1',
	plural: 'statefulsets',
	singular: 'statefulset',
	shortNames: ['sts'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status', 'scale'],
	schema: 'apps.v1.StatefulSet',
	generation: 'spec',
	scale: {specReplicas: 'spec.replicas', statusReplicas: 'status.replicas'},
	defaults(set) {
		const spec = (set.spec ??= {});
		spec.podManagementPolicy ||= 'OrderedReady';
		spec.updateStrategy ??= {};
		// A type that was named gets no parameters by itself (SetDefaults_StatefulSet).
		if (!spec.updateStrategy.type) {
			spec.updateStrategy.type = 'RollingUpdate';
			spec.updateStrategy.rollingUpdate ??= {};
		}

		if (spec.updateStrategy.type === 'RollingUpdate' && spec.updateStrategy.rollingUpdate) {
			spec.updateStrategy.rollingUpdate.partition ??= 0;
		}

		spec.persistentVolumeClaimRetentionPolicy = {whenDeleted: 'Retain', whenScaled: 'Retain', ...spec.persistentVolumeClaimRetentionPolicy};
		spec.replicas ??= 1;
		spec.revisionHistoryLimit ??= 10;
		spec.serviceName ??= '';
		for (const claim of spec.volumeClaimTemplates ?? []) {
			claim.apiVersion ||= 'v1';
			claim.kind ||= 'PersistentVolumeClaim';
			claim.metadata = {creationTimestamp: null, ...claim.metadata};
			defaultClaimSpec((claim.spec ??= {}));
			claim.status = {phase: 'Pending', ...claim.status};
		}

		defaultTemplate((spec.template ??= {}));
		set.status = {replicas: 0, availableReplicas: 0, ...set.status};
	},
	prepareForCreate(set) {
		set.status = {replicas: 0, availableReplicas: 0};
	},
	validate: validateStatefulSet,
	validateStatus: statusCounts({
		counts: [
			'replicas',
			'readyReplicas',
			'currentReplicas',
			'updatedReplicas',
			'availableReplicas',
			'observedGeneration',
			'collisionCount',
		],
		bounds: [
			...ofReplicas('readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'),
			['availableReplicas', 'readyReplicas', 'status.readyReplicas'],
		],
		collisions: true,
	}),
	warnings: ({spec}, old) => (old ? [] : templateWarnings(spec.template, 'spec.template')),
	columns: [
		nameColumn,
		column('Ready', ({spec, status}) => `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`),
		ageColumn,
		...templateColumns,
	],
	describe: describeStatefulSet,
} satisfies Kind;
