import type {KubeObject} from '../../api/object.js';
import {parseRfc3339} from '../../api/values/time.js';
import {conditionOf} from '../pods/state.js';
import {amountOf} from '../quantity.js';

/** What a pod was measured to use: thousandths of a core, or bytes. */
export interface Measured {
	readonly value: number;
	readonly atMs: number;
	readonly windowMs: number;
}

/** Why no size can be worked out. */
export class MetricsError extends Error {}

export interface Question {
	readonly pods: readonly KubeObject[];
	readonly measured: ReadonlyMap<string, Measured>;
	readonly resource: string;
	readonly container: string | undefined;
	readonly current: number;
	readonly nowMs: number;
	/** The goal: of what is requested, or on average. */
	readonly percent?: number;
	readonly average?: number;
}

export interface Counted {
	readonly replicas: number;
	readonly percent?: number;
	readonly average: number;
}

/** --horizontal-pod-autoscaler-tolerance, in tenths. */
const toleranceTenths = 1;
/** --horizontal-pod-autoscaler-cpu-initialization-period and -initial-readiness-delay. */
const initializationMs = 300_000;
const readinessDelayMs = 30_000;

/** Models podautoscaler/replica_calculator.go. */
export function countReplicas(question: Question): Counted {
	const {pods, measured, current, average: wanted} = question;
	if (pods.length === 0) throw new MetricsError('no pods returned by selector while calculating replica count');
	const {ready, unready, missing} = groups(question);
	const uses = new Map(ready.map(name => [name, measured.get(name)!.value]));
	if (uses.size === 0) throw new MetricsError('did not receive metrics for targeted pods (pods might be unready)');
	const requests = question.percent === undefined ? undefined : requestsOf(question);
	const first = share(question, uses, requests);
	const result = {average: first.average, ...(requests && {percent: first.value})};
	const withUnready = unready.length > 0 && first.value > first.goal;
	if (!withUnready && missing.length === 0)
		return {...result, replicas: isNear(first) ? current : Math.ceil((first.value * ready.length) / first.goal)};
	// Who is not known is thought to use all when pods are to go, and nothing when pods are to come.
	for (const name of missing) {
		if (first.value < first.goal)
			uses.set(name, requests ? Math.floor((requests.get(name)! * Math.max(100, question.percent!)) / 100) : wanted!);
		else if (first.value > first.goal) uses.set(name, 0);
	}

	if (withUnready) for (const name of unready) uses.set(name, 0);
	const again = share(question, uses, requests);
	const turned = (first.value < first.goal && again.value > again.goal) || (first.value > first.goal && again.value < again.goal);
	if (isNear(again) || turned) return {...result, replicas: current};
	const replicas = Math.ceil((again.value * uses.size) / again.goal);
	const backwards = (again.value < again.goal && replicas > current) || (again.value > again.goal && replicas < current);
	return {...result, replicas: backwards ? current : replicas};
}

interface Share {
	/** Percent of what is requested, or the average. */
	readonly value: number;
	readonly goal: number;
	readonly average: number;
}

function share(
	{percent, average: wanted}: Question,
	uses: ReadonlyMap<string, number>,
	requests: ReadonlyMap<string, number> | undefined,
): Share {
	const total = [...uses.values()].reduce((sum, value) => sum + value, 0);
	const average = Math.floor(total / uses.size);
	if (!requests) return {value: average, goal: wanted!, average};
	const requested = [...uses.keys()].reduce((sum, name) => sum + (requests.get(name) ?? 0), 0);
	return {value: requested === 0 ? 0 : Math.floor((total * 100) / requested), goal: percent!, average};
}

const isNear = ({value, goal}: Share) => Math.abs(value - goal) * 10 <= toleranceTenths * goal;

function requestsOf({pods, resource, container}: Question): ReadonlyMap<string, number> {
	return new Map(
		pods.map(({metadata, spec}: any) => {
			const own = (spec.containers as any[]).filter(each => container === undefined || each.name === container);
			const total = own.reduce((sum, each) => {
				const request = each.resources?.requests?.[resource];
				if (request === undefined)
					throw new MetricsError(`missing request for ${resource} in container ${each.name} of Pod ${metadata.name}`);
				return sum + amountOf(resource, request);
			}, 0);
			return [metadata.name as string, total];
		}),
	);
}

/** Pods that count, those that are too young to count, and those of whom nothing is known. */
function groups({pods, measured, resource, nowMs}: Question): {ready: string[]; unready: string[]; missing: string[]} {
	const result = {ready: [] as string[], unready: [] as string[], missing: [] as string[]};
	for (const pod of pods) {
		const {name} = pod.metadata;
		if (pod.metadata.deletionTimestamp || pod['status']?.phase === 'Failed') continue;
		const known = measured.get(name);
		if (pod['status']?.phase === 'Pending') result.unready.push(name);
		else if (!known) result.missing.push(name);
		else if (resource === 'cpu' && isYoung(pod, known, nowMs)) result.unready.push(name);
		else result.ready.push(name);
	}

	return result;
}

/** A pod that starts uses more cpu than it will. */
function isYoung(pod: KubeObject, {atMs, windowMs}: Measured, nowMs: number): boolean {
	const condition = conditionOf(pod, 'Ready');
	const startMs = parseRfc3339(pod['status']?.startTime ?? '');
	if (!condition || startMs === undefined) return true;
	const since = parseRfc3339(condition.lastTransitionTime ?? '') ?? startMs;
	if (startMs + initializationMs > nowMs) return condition.status === 'False' || atMs < since + windowMs;
	return condition.status === 'False' && startMs + readinessDelayMs > since;
}
