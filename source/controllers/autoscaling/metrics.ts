import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {isReady} from '../pods/state.js';
import {amountOf, milli} from '../quantity.js';
import {requestsOf} from '../scheduler/requests.js';

/** What the metrics say the size should be, or why they say nothing. */
export interface Proposal {
	readonly replicas: number;
	/** What was looked at, as events name it. */
	readonly metric: string;
	readonly currentMetrics: unknown[];
	readonly reason?: string;
	readonly error?: {readonly short: string; readonly long: string};
}

/** `--horizontal-pod-autoscaler-tolerance`, in tenths. */
const toleranceTenths = 1;
const podMetrics = 'pods.metrics.k8s.io';
const noMetricsApi =
	'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';

/** The largest size any of the metrics asks for. */
export function evaluate(context: ControllerContext, autoscaler: KubeObject, pods: readonly KubeObject[], current: number): Proposal {
	const metrics = (autoscaler['spec'].metrics ?? []) as any[];
	const results = metrics.map(metric => evaluateOne(context, autoscaler, metric, pods, current));
	const bad = results.filter(({error}) => error);
	if (bad.length > 0 && bad.length === results.length) {
		const first = bad[0]!;
		const long = `invalid metrics (${bad.length} invalid out of ${results.length}), first error is: ${first.error!.long}`;
		return {...first, error: {short: first.error!.short, long}};
	}

	const good = results.filter(({error}) => !error);
	const best = good.reduce((a, b) => (b.replicas > a.replicas ? b : a), good[0] ?? {replicas: current, metric: '', currentMetrics: []});
	// With one metric unknown nothing is taken away.
	const replicas = bad.length > 0 ? Math.max(current, best.replicas) : best.replicas;
	return {...best, replicas, currentMetrics: good.flatMap(({currentMetrics}) => currentMetrics)};
}

function evaluateOne(
	context: ControllerContext,
	autoscaler: KubeObject,
	metric: any,
	pods: readonly KubeObject[],
	current: number,
): Proposal {
	if (metric.type !== 'Resource') {
		context.sim.notes.notSimulated(`HorizontalPodAutoscaler spec.metrics[].type: ${metric.type}`);
		const name = `Failed${metric.type === 'Pods' ? 'GetPodsMetric' : metric.type === 'Object' ? 'GetObjectMetric' : 'GetExternalMetric'}`;
		return unknown(name, `unable to get metric: no custom metrics API (custom.metrics.k8s.io) registered`, 'unable to get metric');
	}

	const {name, target} = metric.resource;
	const usage = usageOf(context, autoscaler.metadata.namespace!, pods, name);
	const what = target.averageUtilization === undefined ? `${name} resource metric value` : `${name} utilization`;
	if (!usage) {
		const short = `failed to get ${what}: unable to get metrics for resource ${name}: ${usageError(context)}`;
		return unknown('FailedGetResourceMetric', short, `failed to get ${name} resource metric value: ${short}`);
	}

	return target.averageUtilization === undefined
		? byValue(name, target.averageValue, usage, pods, current)
		: byUtilization(name, target.averageUtilization, usage, pods, current);
}

const unknown = (reason: string, short: string, long: string): Proposal => ({
	replicas: 0,
	metric: '',
	currentMetrics: [],
	reason,
	error: {short, long},
});
const usageError = ({api}: ControllerContext): string =>
	api.findKind(podMetrics) ? 'no metrics returned from resource metrics API' : noMetricsApi;

/** Use of each pod that has metrics, by name: thousandths of a core, or bytes. */
function usageOf(
	{api}: ControllerContext,
	namespace: string,
	pods: readonly KubeObject[],
	resource: string,
): Map<string, number> | undefined {
	if (!api.findKind(podMetrics)) return undefined;
	const names = new Set(pods.map(pod => pod.metadata.name));
	const usage = new Map<string, number>();
	for (const metrics of api.reader.list<KubeObject>(podMetrics, {namespace})) {
		if (!names.has(metrics.metadata.name)) continue;
		const total = (metrics['containers'] as any[]).reduce((sum, container) => sum + amountOf(resource, container.usage?.[resource]), 0);
		usage.set(metrics.metadata.name, total);
	}

	return usage.size > 0 ? usage : undefined;
}

function byUtilization(
	name: string,
	target: number,
	usage: ReadonlyMap<string, number>,
	pods: readonly KubeObject[],
	current: number,
): Proposal {
	let used = 0;
	let requested = 0;
	for (const pod of pods) {
		const value = usage.get(pod.metadata.name);
		const request = requestsOf(pod)[name];
		if (value === undefined || !isReady(pod)) continue;
		if (!request) {
			const missing = `failed to get ${name} utilization: missing request for ${name} in container ${pod['spec'].containers[0].name} of Pod ${pod.metadata.name}`;
			return unknown('FailedGetResourceMetric', missing, `failed to get ${name} resource metric value: ${missing}`);
		}

		used += value;
		requested += request;
	}

	const ready = pods.filter(pod => isReady(pod) && usage.has(pod.metadata.name)).length;
	const percent = requested > 0 ? Math.floor((used * 100) / requested) : 0;
	const averageValue = print(name, ready > 0 ? Math.floor(used / ready) : 0);
	return {
		replicas: sized(percent, target, ready, current),
		metric: `${name} resource utilization (percentage of request)`,
		currentMetrics: [{type: 'Resource', resource: {name, current: {averageUtilization: percent, averageValue}}}],
	};
}

function byValue(name: string, target: string, usage: ReadonlyMap<string, number>, pods: readonly KubeObject[], current: number): Proposal {
	const values = pods.filter(pod => usage.has(pod.metadata.name)).map(pod => usage.get(pod.metadata.name)!);
	const average = Math.floor(values.reduce((sum, value) => sum + value, 0) / values.length);
	const wanted = name === 'cpu' ? milli(target) : amountOf(name, target);
	return {
		replicas: sized(average, wanted, values.length, current),
		metric: `${name} resource`,
		currentMetrics: [{type: 'Resource', resource: {name, current: {averageValue: print(name, average)}}}],
	};
}

const print = (name: string, value: number): string => (name === 'cpu' ? `${value}m` : String(value));

/** Whole pods, rounded up; a small difference is left alone. */
function sized(value: number, target: number, ready: number, current: number): number {
	if (target <= 0 || ready === 0) return current;
	return Math.abs(value - target) * 10 <= toleranceTenths * target ? current : Math.ceil((value * ready) / target);
}
