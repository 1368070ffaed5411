import type {KubeObject} from '../../api/object.js';
import {parseRfc3339} from '../../api/values/time.js';
import type {ControllerContext} from '../controller.js';
import {amountOf, milli} from '../quantity.js';
import {type Counted, countReplicas, MetricsError, type Measured} from './replicas.js';

/** What the metrics say the size should be, or why they say nothing. */
export interface Proposal {
	readonly replicas: number;
	/** What was looked at, as events name it. */
	readonly metric: string;
	readonly currentMetrics: unknown[];
	readonly reason?: string;
	readonly error?: {readonly short: string; readonly long: string};
}

const group = 'metrics.k8s.io';

/** The largest size any of the metrics asks for. Models podautoscaler/horizontal.go computeReplicasForMetrics. */
export function evaluate(context: ControllerContext, autoscaler: KubeObject, pods: readonly KubeObject[], current: number): Proposal {
	const metrics = (autoscaler['spec'].metrics ?? []) as any[];
	const results = metrics.map(metric => evaluateOne(context, autoscaler, metric, pods, current));
	const bad = results.filter(({error}) => error);
	const good = results.filter(({error}) => !error);
	const best = good.reduce((a, b) => (b.replicas > a.replicas ? b : a), good[0] ?? {replicas: 0, metric: '', currentMetrics: []});
	const currentMetrics = good.flatMap(each => each.currentMetrics);
	// With one metric unknown nothing is taken away.
	if (bad.length > 0 && (good.length === 0 || best.replicas < current)) {
		const first = bad[0]!;
		const long = `invalid metrics (${bad.length} invalid out of ${results.length}), first error is: ${first.error!.long}`;
		return {...first, currentMetrics, error: {short: first.error!.short, long}};
	}

	return {...best, currentMetrics};
}

function evaluateOne(
	context: ControllerContext,
	autoscaler: KubeObject,
	metric: any,
	pods: readonly KubeObject[],
	current: number,
): Proposal {
	const source = metric.type === 'Resource' ? metric.resource : metric.type === 'ContainerResource' ? metric.containerResource : undefined;
	if (!source) return notHere(context, metric.type);
	const {name, target, container} = source;
	const isUtilization = target.averageUtilization !== undefined;
	const what = `${container ? 'container ' : ''}resource`;
	try {
		const measured = measure(context, autoscaler.metadata.namespace!, pods, name, container);
		const goal = isUtilization
			? {percent: target.averageUtilization}
			: {average: name === 'cpu' ? milli(target.averageValue) : amountOf(name, target.averageValue)};
		const counted = countReplicas({pods, measured, resource: name, container, current, nowMs: context.sim.clock.now(), ...goal});
		return {
			replicas: counted.replicas,
			metric: isUtilization ? `${name} ${what} utilization (percentage of request)` : `${name} ${what}`,
			currentMetrics: [statusOf(metric.type, source, counted)],
		};
	} catch (error) {
		if (!(error instanceof MetricsError)) throw error;
		const short = `failed to get ${name} ${container ? 'container ' : ''}${isUtilization ? 'utilization' : 'usage'}: ${error.message}`;
		const reason = `FailedGet${metric.type}Metric`;
		return unknown(reason, short, `failed to get ${name} ${what} metric value: ${short}`);
	}
}

function statusOf(type: string, {name, container}: any, {percent, average}: Counted) {
	const averageValue = name === 'cpu' ? `${average}m` : String(average);
	const current = {...(percent !== undefined && {averageUtilization: percent}), averageValue};
	return type === 'Resource' ? {type, resource: {name, current}} : {type, containerResource: {container, name, current}};
}

const apis: Readonly<Record<string, readonly [reason: string, api: string]>> = {
	Pods: ['FailedGetPodsMetric', 'custom metrics API'],
	Object: ['FailedGetObjectMetric', 'custom metrics API'],
	External: ['FailedGetExternalMetric', 'external metrics API'],
};

/** Metrics of other kinds come from adapters that nobody has installed. */
function notHere({sim}: ControllerContext, type: string): Proposal {
	sim.notes.notSimulated(`HorizontalPodAutoscaler spec.metrics[].type: ${type}`);
	const [reason, api] = apis[type] ?? ['InvalidMetricSourceType', 'metrics API'];
	const short = `unable to get metric: unable to fetch metrics from ${api}: no ${type === 'External' ? 'external.metrics.k8s.io' : 'custom.metrics.k8s.io'} API registered`;
	return unknown(reason, short, short);
}

const unknown = (reason: string, short: string, long: string): Proposal => ({
	replicas: 0,
	metric: '',
	currentMetrics: [],
	reason,
	error: {short, long},
});

/** Asks the resource metrics API, as anybody would. */
function measure(
	{api, sim}: ControllerContext,
	namespace: string,
	pods: readonly KubeObject[],
	resource: string,
	container: string | undefined,
): ReadonlyMap<string, Measured> {
	const unable = (why: string) => new MetricsError(`unable to get metrics for resource ${resource}: ${why}`);
	const user = {name: 'system:serviceaccount:kube-system:horizontal-pod-autoscaler', groups: ['system:masters']};
	const answer = api.handle({verb: 'list', group, version: 'v1beta1', resource: 'pods', namespace, query: {}, user});
	if (answer.code >= 300) {
		const why = answer.code === 404 ? 'the server could not find the requested resource (get pods.metrics.k8s.io)' : answer.body.message;
		throw unable(`unable to fetch metrics from resource metrics API: ${why}`);
	}

	const names = new Set(pods.map(pod => pod.metadata.name));
	const own: readonly any[] = answer.body.items.filter((each: KubeObject) => names.has(each.metadata.name));
	if (own.length === 0) throw unable('no metrics returned from resource metrics API');
	const measured = new Map<string, Measured>();
	for (const {metadata, timestamp, window, containers} of own) {
		const chosen = (containers as any[]).filter(each => container === undefined || each.name === container);
		if (chosen.length === 0) throw new MetricsError(`container ${container} not present in metrics for pod ${namespace}/${metadata.name}`);
		measured.set(metadata.name, {
			value: chosen.reduce((sum, each) => sum + amountOf(resource, each.usage?.[resource]), 0),
			atMs: parseRfc3339(timestamp ?? '') ?? sim.clock.now(),
			windowMs: (Number.parseFloat(window ?? '0') || 0) * 1000,
		});
	}

	return measured;
}
