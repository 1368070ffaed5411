import type {Kind} from '../../api/kind.js';
import {fromStored, toStored} from './convert-v1.js';
import {describeHorizontalPodAutoscaler} from './describe.js';
import current from './horizontal-pod-autoscaler.js';

export default {
	kind: 'HorizontalPodAutoscaler',
	group: 'autoscaling',
	version: 'v1',
	plural: 'horizontalpodautoscalers',
	singular: 'horizontalpodautoscaler',
	shortNames: ['hpa'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status'],
	schema: 'autoscaling.v1.HorizontalPodAutoscaler',
	storedAs: {resource: 'horizontalpodautoscalers.autoscaling', toStored, fromStored},
	// The server prints any version as it keeps it.
	columns: current.columns.map(column => ({...column, cell: (object, context) => column.cell(toStored(object) as never, context)})),
	describe: describeHorizontalPodAutoscaler,
} satisfies Kind;
