import type {KubeObject} from '../../api/object.js';

/** autoscaling/v1 knows one metric, cpu utilisation; the rest travels in annotations. Models pkg/apis/autoscaling/v1/conversion.go. */
const annotationsOf: ReadonlyArray<[annotation: string, section: 'spec' | 'status', field: string]> = [
	['autoscaling.alpha.kubernetes.io/metrics', 'spec', 'metrics'],
	['autoscaling.alpha.kubernetes.io/behavior', 'spec', 'behavior'],
	['autoscaling.alpha.kubernetes.io/current-metrics', 'status', 'currentMetrics'],
	['autoscaling.alpha.kubernetes.io/conditions', 'status', 'conditions'],
];
const isCpu = (metric: any): boolean =>
	metric.type === 'Resource' && metric.resource?.name === 'cpu' && metric.resource.target?.averageUtilization !== undefined;

export function toStored(object: any): KubeObject {
	const {targetCPUUtilizationPercentage: percent, ...spec} = object.spec ?? {};
	const {currentCPUUtilizationPercentage: _, ...status} = object.status ?? {};
	const result: any = {...object, apiVersion: 'autoscaling/v2', metadata: {...object.metadata}, spec, status};
	const annotations = {...object.metadata?.annotations};
	const cpu =
		percent === undefined ? [] : [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: percent}}}];
	for (const [annotation, section, field] of annotationsOf) {
		if (annotations[annotation] === undefined) continue;
		result[section][field] = JSON.parse(annotations[annotation]);
		delete annotations[annotation];
	}

	if (cpu.length > 0) result.spec.metrics = [...cpu, ...(result.spec.metrics ?? [])];
	if (Object.keys(annotations).length > 0) result.metadata.annotations = annotations;
	else delete result.metadata.annotations;
	return result;
}

export function fromStored(object: KubeObject): any {
	const {metrics = [], behavior, ...spec} = object['spec'] ?? {};
	const {currentMetrics, conditions, ...status} = object['status'] ?? {};
	const annotations = {...object.metadata.annotations};
	const cpu = metrics.find(isCpu);
	const others = metrics.filter((metric: any) => metric !== cpu);
	if (others.length > 0) annotations['autoscaling.alpha.kubernetes.io/metrics'] = JSON.stringify(others);
	if (behavior) annotations['autoscaling.alpha.kubernetes.io/behavior'] = JSON.stringify(behavior);
	if (conditions?.length) annotations['autoscaling.alpha.kubernetes.io/conditions'] = JSON.stringify(conditions);
	const used = currentMetrics?.find((metric: any) => metric.resource?.name === 'cpu')?.resource.current?.averageUtilization;
	return {
		...object,
		apiVersion: 'autoscaling/v1',
		metadata: {...object.metadata, ...(Object.keys(annotations).length > 0 && {annotations})},
		spec: {...spec, ...(cpu && {targetCPUUtilizationPercentage: cpu.resource.target.averageUtilization})},
		status: {currentReplicas: 0, desiredReplicas: 0, ...status, ...(used !== undefined && {currentCPUUtilizationPercentage: used})},
	};
}
