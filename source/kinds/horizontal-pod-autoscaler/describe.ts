import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {quantityText} from '../describe/containers.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {longTime} from '../describe/times.js';

export function describeHorizontalPodAutoscaler(scaler: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const spec = scaler['spec'] ?? {};
	const status = scaler['status'] ?? {};
	putHeader(lines, scaler);
	lines
		.row(0, 'CreationTimestamp', longTime(scaler.metadata.creationTimestamp))
		.row(0, 'Reference', `${spec.scaleTargetRef?.kind ?? ''}/${spec.scaleTargetRef?.name ?? ''}`);
	if (scaler.apiVersion !== 'autoscaling/v1') lines.row(0, 'Metrics', '( current / target )');
	else if (spec.targetCPUUtilizationPercentage !== undefined) {
		const {currentCPUUtilizationPercentage: current} = status;
		lines
			.row(0, 'Target CPU utilization', `${spec.targetCPUUtilizationPercentage}%`)
			.row(0, 'Current CPU utilization', current === undefined ? '<unset>' : `${current}%`);
	}

	(spec.metrics ?? []).forEach((metric: any, at: number) => {
		putMetric(lines, metric, status.currentMetrics?.[at]);
	});
	lines.row(0, 'Min replicas', spec.minReplicas ?? '<unset>').row(0, 'Max replicas', spec.maxReplicas ?? 0);
	if (spec.behavior) {
		lines.put(0, 'Behavior:\n');
		putDirection(lines, 'Scale Up', spec.behavior.scaleUp);
		putDirection(lines, 'Scale Down', spec.behavior.scaleDown);
	}

	lines.row(
		0,
		`${spec.scaleTargetRef?.kind ?? ''} pods`,
		`${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`,
	);
	const conditions: any[] = status.conditions ?? [];
	if (conditions.length > 0)
		lines.put(0, 'Conditions:\n').put(1, 'Type\tStatus\tReason\tMessage\n').put(1, '----\t------\t------\t-------\n');
	for (const one of conditions) lines.put(1, `${one.type}\t${one.status}\t${one.reason ?? ''}\t${one.message ?? ''}\n`);
	putEvents(lines, scaler, context);
	return lines.aligned();
}

function putMetric(lines: Lines, metric: any, current: any): void {
	switch (metric.type) {
		case 'External': {
			const {metric: named, target} = metric.external;
			const average = target.averageValue !== undefined;
			const value = seenOf(current?.external, average ? 'averageValue' : 'value');
			lines.put(
				1,
				`${JSON.stringify(named.name)} (target ${average ? 'average value' : 'value'}):\t${value} / ${wanted(average ? target.averageValue : target.value)}\n`,
			);
			break;
		}

		case 'Pods':
			lines.put(
				1,
				`${JSON.stringify(metric.pods.metric.name)} on pods:\t${seenOf(current?.pods, 'averageValue')} / ${wanted(metric.pods.target.averageValue)}\n`,
			);
			break;
		case 'Object': {
			const {metric: named, describedObject, target} = metric.object;
			const average = target.type === 'AverageValue';
			lines.put(
				1,
				`${JSON.stringify(named.name)} on ${describedObject.kind}/${describedObject.name} (target ${average ? 'average value' : 'value'}):\t${seenOf(current?.object, average ? 'averageValue' : 'value')} / ${wanted(average ? target.averageValue : target.value)}\n`,
			);
			break;
		}

		case 'Resource':
			putResource(lines, `resource ${metric.resource.name} on pods`, metric.resource.target, current?.resource);
			break;
		case 'ContainerResource':
			putResource(
				lines,
				`resource ${metric.containerResource.name} of container ${JSON.stringify(metric.containerResource.container)} on pods`,
				metric.containerResource.target,
				current?.containerResource,
			);
			break;
		default:
			lines.put(1, `<unknown metric type ${JSON.stringify(metric.type)}>\n`);
	}
}

/** A quantity that the client leaves nil. */
const wanted = (value: unknown) => (value === undefined || value === null ? '<nil>' : quantityText(value));
/** Nothing is known before a metric was looked at; one that was may lack the value. */
const seenOf = (status: any, field: 'averageValue' | 'value') => (status ? wanted(status.current?.[field]) : '<unknown>');

function putResource(lines: Lines, title: string, target: any, status: any): void {
	lines.put(1, title);
	if (target?.averageValue !== undefined) {
		lines.put(0, `:\t${seenOf(status, 'averageValue')} / ${wanted(target.averageValue)}\n`);
		return;
	}

	const used = status?.current?.averageUtilization ?? undefined;
	const seen = used === undefined ? '<unknown>' : `${used}% (${seenOf(status, 'averageValue')})`;
	const share = target?.averageUtilization === undefined || target.averageUtilization === null ? '<auto>' : `${target.averageUtilization}%`;
	lines.put(1, `(as a percentage of request):\t${seen} / ${share}\n`);
}

function putDirection(lines: Lines, title: string, rules: any): void {
	if (!rules) return;
	lines.put(1, `${title}:\n`);
	if (rules.stabilizationWindowSeconds !== undefined) lines.put(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds\n`);
	if (rules.policies?.length > 0) {
		lines.put(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}\n`).put(2, 'Policies:\n');
		for (const {type, value, periodSeconds} of rules.policies)
			lines.put(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
	}
}
