import type {KubeObject} from '../../api/object.js';
import type {Again, ControllerContext} from '../controller.js';
import {createPod, deletePod, podFromTemplate, slowStart} from '../pods/create.js';
import {inDeletionOrder} from '../pods/deletion-order.js';
import {timeOf} from '../status.js';
import {indexAnnotation, indexFailures, indexOf, type Tally, trackingFinalizer} from './tally.js';

const backoffMs = 10_000;
const backoffMaxMs = 600_000;
const createdAtOnceMax = 500;

interface Outcome {
	readonly active: readonly KubeObject[];
	readonly again: Again | undefined;
	readonly failure: unknown;
}

/** Starts pods up to the parallelism, waiting longer after each failure; removes what is too many. Models job_controller.go manageJob. */
export function managePods(context: ControllerContext, job: KubeObject, tally: Tally): Outcome {
	const {active} = tally;
	const wanted = wantedActive(job, tally);
	if (active.length > wanted) {
		const surplus = inDeletionOrder(active, new Map(), context.sim.clock.now()).slice(0, active.length - wanted);
		for (const pod of surplus) deletePod(context, job, pod);
		return {active: active.filter(pod => !surplus.includes(pod)), again: undefined, failure: undefined};
	}

	const held = job['spec'].podReplacementPolicy === 'Failed' ? tally.terminating : 0;
	const missing = Math.min(wanted - active.length - held, createdAtOnceMax);
	if (missing <= 0) return {active, again: undefined, failure: undefined};
	const wait = backoffLeft(job, tally, context.sim.clock.now());
	if (wait > 0) return {active, again: {againAfterMs: wait, idle: true}, failure: undefined};
	const drafts =
		job['spec'].completionMode === 'Indexed' ? indexedPods(job, tally, missing) : Array.from({length: missing}, () => draft(job));
	const created: KubeObject[] = [];
	const queue = drafts[Symbol.iterator]();
	const {error} = slowStart(drafts.length, () => created.push(createPod(context, job, queue.next().value!)));
	return {active: [...active, ...created], again: undefined, failure: error};
}

function wantedActive({spec}: KubeObject, {active, succeeded}: Tally): number {
	const parallelism = spec.parallelism ?? 1;
	// Without completions the first success says that the work is done; the others may finish.
	if (spec.completions === undefined || spec.completions === null) return succeeded > 0 ? active.length : parallelism;
	return Math.max(0, Math.min(parallelism, spec.completions - succeeded));
}

function backoffLeft({spec}: KubeObject, {pods}: Tally, now: number): number {
	if (spec.backoffLimitPerIndex !== undefined) return 0;
	const ended = pods.map(pod => ({failed: pod['status']?.phase === 'Failed', atMs: endOf(pod)})).filter(({atMs}) => atMs !== undefined);
	const successMs = Math.max(0, ...ended.filter(({failed}) => !failed).map(({atMs}) => atMs!));
	const failures = ended.filter(({failed, atMs}) => failed && atMs! >= successMs);
	if (failures.length === 0) return 0;
	const last = Math.max(...failures.map(({atMs}) => atMs!));
	return last + Math.min(backoffMaxMs, backoffMs * 2 ** (failures.length - 1)) - now;
}

function endOf(pod: KubeObject): number | undefined {
	const {phase, containerStatuses = []} = pod['status'] ?? {};
	if (phase !== 'Failed' && phase !== 'Succeeded') return undefined;
	const ends = containerStatuses.map((status: any) => timeOf(status.state?.terminated?.finishedAt) ?? 0);
	return Math.max(timeOf(pod.metadata.creationTimestamp) ?? 0, ...ends);
}

function draft(job: KubeObject): KubeObject {
	const pod = podFromTemplate(job);
	pod.metadata.finalizers = [...(pod.metadata.finalizers ?? []), trackingFinalizer];
	return pod;
}

function indexedPods(job: KubeObject, tally: Tally, count: number): KubeObject[] {
	const taken = new Set(tally.active.map(indexOf));
	const pods: KubeObject[] = [];
	for (let index = 0; index < (job['spec'].completions ?? 0) && pods.length < count; index++) {
		if (taken.has(index) || tally.succeededIndexes.has(index) || tally.failedIndexes.has(index)) continue;
		pods.push(indexedPod(job, tally, index));
	}

	return pods;
}

function indexedPod(job: KubeObject, {pods}: Tally, index: number): KubeObject {
	const pod = draft(job);
	const name = `${job.metadata.name}-${index}`;
	pod.metadata.generateName = `${name}-`;
	pod.metadata.labels = {...pod.metadata.labels, [indexAnnotation]: String(index)};
	pod.metadata.annotations = {...pod.metadata.annotations, [indexAnnotation]: String(index)};
	if (job['spec'].backoffLimitPerIndex !== undefined) {
		const before = pods.filter(other => indexOf(other) === index && other['status']?.phase === 'Failed').length;
		pod.metadata.annotations[indexFailures] = String(before);
	}

	const spec = pod['spec'];
	spec.hostname = name;
	const env = {name: 'JOB_COMPLETION_INDEX', valueFrom: {fieldRef: {fieldPath: `metadata.labels['${indexAnnotation}']`}}};
	for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
		if (!container.env?.some((entry: {name: string}) => entry.name === env.name)) container.env = [...(container.env ?? []), env];
	}

	return pod;
}
