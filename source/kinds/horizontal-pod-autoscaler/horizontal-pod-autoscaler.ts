import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {defaultAutoscaler} from './defaults.js';
import {targetsText} from './targets.js';
import {describeHorizontalPodAutoscaler} from './describe.js';
import {validateAutoscaler} from './validate.js';

export default {
	kind: 'HorizontalPodAutoscaler',
	group: 'autoscaling',
	version: 'v2',
	plural: 'horizontalpodautoscalers',
	singular: 'horizontalpodautoscaler',
	shortNames: ['hpa'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status'],
	schema: 'autoscaling.v2.HorizontalPodAutoscaler',
	defaults: defaultAutoscaler,
	prepareForCreate(autoscaler) {
		autoscaler.status = {desiredReplicas: 0, currentMetrics: null};
	},
	validate: validateAutoscaler,
	columns: [
		nameColumn,
		column('Reference', ({spec}) => `${spec?.scaleTargetRef?.kind ?? ''}/${spec?.scaleTargetRef?.name ?? ''}`),
		column('Targets', targetsText),
		column('MinPods', ({spec}) => (spec?.minReplicas === undefined || spec.minReplicas === null ? '<unset>' : String(spec.minReplicas))),
		column('MaxPods', ({spec}) => spec?.maxReplicas ?? 0),
		column('Replicas', ({status}) => status?.currentReplicas ?? 0),
		ageColumn,
	],
	describe: describeHorizontalPodAutoscaler,
} satisfies Kind;
