import type {KubeObject} from '../../api/object.js';
import {isNotFound} from '../../api/status.js';
import type {ControllerContext} from '../controller.js';
import {isFinished} from '../pods/state.js';
import {parseIndexes} from './indexes.js';
import {failureAction} from './pod-failure-policy.js';

/** Holds a pod back until it is counted. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';
export const indexAnnotation = 'batch.kubernetes.io/job-completion-index';
export const indexFailures = 'batch.kubernetes.io/job-index-failure-count';

export interface Tally {
	readonly active: readonly KubeObject[];
	readonly terminating: number;
	readonly succeeded: number;
	readonly failed: number;
	readonly succeededIndexes: ReadonlySet<number>;
	/** Indexes that have used up `backoffLimitPerIndex`. */
	readonly failedIndexes: ReadonlySet<number>;
	/** Message of a pod failure policy that fails the whole job. */
	readonly failJob?: string;
	/** Finished pods that were not counted before. */
	readonly fresh: readonly KubeObject[];
	readonly pods: readonly KubeObject[];
}

export const indexOf = ({metadata}: KubeObject): number | undefined => {
	const text = metadata.annotations?.[indexAnnotation];
	return text === undefined ? undefined : Number(text);
};

const isTracked = ({metadata}: KubeObject): boolean => metadata.finalizers?.includes(trackingFinalizer) ?? false;
/** A pod that is being deleted counts as failed, unless replacements wait for the end. */
const hasFailed = (job: KubeObject, pod: KubeObject): boolean =>
	pod['status']?.phase === 'Failed' ||
	(job['spec'].podReplacementPolicy !== 'Failed' && Boolean(pod.metadata.deletionTimestamp) && pod['status']?.phase !== 'Succeeded');

/** Adds the pods that ended since the last look to what the status says. */
export function tallyOf(job: KubeObject, pods: readonly KubeObject[]): Tally {
	const status = job['status'] ?? {};
	const indexed = job['spec'].completionMode === 'Indexed';
	const succeededIndexes = parseIndexes(status.completedIndexes);
	const failedIndexes = parseIndexes(status.failedIndexes);
	const fresh = pods.filter(pod => isTracked(pod) && (isFinished(pod) || hasFailed(job, pod)));
	let {succeeded = 0, failed = 0} = status;
	let failJob: string | undefined;
	for (const pod of fresh) {
		const index = indexOf(pod);
		if (pod['status']?.phase === 'Succeeded') {
			if (indexed && index !== undefined) succeededIndexes.add(index);
			else succeeded++;
			continue;
		}

		const action = failureAction(job, pod);
		if (action.action === 'FailJob') failJob ??= action.message;
		if (action.action !== 'Ignore') failed++;
		if (index !== undefined && isIndexSpent(job, pod, action.action)) failedIndexes.add(index);
	}

	return {
		active: pods.filter(pod => !isFinished(pod) && !pod.metadata.deletionTimestamp),
		terminating: pods.filter(pod => !isFinished(pod) && pod.metadata.deletionTimestamp).length,
		succeeded: indexed ? succeededIndexes.size : succeeded,
		failed,
		succeededIndexes,
		failedIndexes,
		...(failJob && {failJob}),
		fresh,
		pods,
	};
}

function isIndexSpent(job: KubeObject, pod: KubeObject, action: string): boolean {
	const limit = job['spec'].backoffLimitPerIndex;
	if (limit === undefined) return false;
	return action === 'FailIndex' || Number(pod.metadata.annotations?.[indexFailures] ?? 0) >= limit;
}

/** Lets finished pods go: they are in the status now. */
export function countFinished(context: ControllerContext, pods: readonly KubeObject[]): void {
	for (const pod of pods) if (isTracked(pod) && (isFinished(pod) || pod.metadata.deletionTimestamp)) release(context, pod);
}

/** Pods of a job that is gone need not be counted any more (job_controller.go syncOrphanPod). */
export function releaseOrphans(context: ControllerContext, namespace: string | undefined, job: string): void {
	const labelSelector = `batch.kubernetes.io/job-name=${job}`;
	for (const pod of context.client.list<KubeObject>('pods', {...(namespace && {namespace}), labelSelector}))
		if (isTracked(pod)) release(context, pod);
}

function release({client}: ControllerContext, pod: KubeObject): void {
	const finalizers = pod.metadata.finalizers!.filter(name => name !== trackingFinalizer);
	try {
		client.patch('pods', pod.metadata.namespace, pod.metadata.name, 'merge', {
			metadata: {finalizers: finalizers.length > 0 ? finalizers : null},
		});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}
