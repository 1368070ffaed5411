import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {rfc3339} from '../../api/values/time.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {claim, ownerKeys} from '../pods/claim.js';
import {podsByController} from '../pods/indexes.js';
import {conditionOf, isFinished, isReady} from '../pods/state.js';
import {selects} from '../selector.js';
import {timeOf, withoutZeros, type Condition} from '../status.js';
import {formatIndexes} from './indexes.js';
import {judge, type Verdict} from './judge.js';
import {managePods} from './manage-pods.js';
import {countFinished, releaseOrphans, type Tally, tallyOf} from './tally.js';

export const jobResource = 'jobs.batch';
/** Changes of pods are looked at together, once a second (job_controller.go syncJobBatchPeriod). */
const batchMs = 1000;

/** Runs pods until enough of them have succeeded. Models pkg/controller/job. */
const job: Controller = {
	name: 'job-controller',
	indexes: [podsByController],
	watches: [
		{resource: jobResource, keys: ({object}) => [keyOf(object)]},
		{
			resource: 'pods',
			delayMs: batchMs,
			// A job whose pod has ended is about to change; one whose pod only runs may run on.
			idle: ({type, object}) => type !== 'DELETED' && !isFinished(object),
			keys: ({object, old}) => [...new Set([...ownerKeys(object, 'Job'), ...(old ? ownerKeys(old, 'Job') : [])])],
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const found = context.client.find<KubeObject>(jobResource, namespace, name);
		if (!found) {
			releaseOrphans(context, namespace, name);
			return undefined;
		}

		const pods = claim(context.client, 'pods', found, pod => selects(found['spec'].selector, pod.metadata.labels));
		if (isJobFinished(found) || found.metadata.deletionTimestamp) {
			countFinished(context, pods);
			return undefined;
		}

		return sync(context, found, pods);
	},
};
export default job;

export const isJobFinished = (found: KubeObject): boolean =>
	conditionOf(found, 'Complete')?.status === 'True' || conditionOf(found, 'Failed')?.status === 'True';

function sync(context: ControllerContext, found: KubeObject, pods: readonly KubeObject[]): Again | undefined {
	const now = context.sim.clock.now();
	const suspended = Boolean(found['spec'].suspend);
	const startTime = found['status']?.startTime ?? (suspended ? undefined : rfc3339(now));
	const tally = tallyOf(found, pods);
	const verdict = judge(found, tally, startTime, now);
	const {conditions, text} = nextConditions(context, found, verdict, suspended, tally);
	countFinished(context, pods);
	const resumed = text === 'Job resumed' ? rfc3339(now) : undefined;
	let again: Again | undefined;
	let failure: unknown;
	let active: readonly KubeObject[] = tally.active;
	if (verdict || suspended) for (const pod of active) removeActive(context, found, pod);
	else ({again, failure, active} = managePods(context, found, tally));
	if (verdict || suspended) active = [];
	const started = suspended && text === 'Job suspended' ? undefined : (resumed ?? startTime);
	const finished = conditions.some(({type, status}) => (type === 'Complete' || type === 'Failed') && status === 'True');
	write(context, found, statusOf(found, {tally, active, conditions, startTime: started, finished, now}));
	if (failure) throw failure;
	return again ?? deadlineOf(found, started, now, finished);
}

function removeActive({client, event}: ControllerContext, found: KubeObject, {metadata}: KubeObject): void {
	client.delete('pods', metadata.namespace, metadata.name, {preconditions: {uid: metadata.uid!}});
	event(found, 'Normal', 'SuccessfulDelete', `Deleted pod: ${metadata.name}`);
}

interface StatusParts {
	readonly tally: Tally;
	readonly active: readonly KubeObject[];
	readonly conditions: Condition[];
	readonly startTime: string | undefined;
	readonly finished: boolean;
	readonly now: number;
}

function statusOf(found: KubeObject, {tally, active, conditions, startTime, finished, now}: StatusParts): KubeObject['status'] {
	const complete = finished && conditions.some(({type}) => type === 'Complete');
	const indexed = found['spec'].completionMode === 'Indexed';
	const failedIndexes = formatIndexes(tally.failedIndexes);
	return {
		...withoutZeros({active: active.length, succeeded: tally.succeeded, failed: tally.failed}),
		...(indexed && tally.succeededIndexes.size > 0 && {completedIndexes: formatIndexes(tally.succeededIndexes)}),
		...(indexed && found['spec'].backoffLimitPerIndex !== undefined && {failedIndexes}),
		...(complete && {completionTime: found['status']?.completionTime ?? rfc3339(now)}),
		...(conditions.length > 0 && {conditions}),
		ready: active.filter(isReady).length,
		...(startTime && {startTime}),
		terminating: tally.terminating,
		uncountedTerminatedPods: {},
	};
}

function write({client}: ControllerContext, found: KubeObject, status: KubeObject['status']): void {
	if (!equal(status, found['status'])) client.updateStatus({...found, status});
}

/** Final conditions in two steps: first what was decided, then, once no pod runs, that it is over. */
function nextConditions(
	{event, sim}: ControllerContext,
	found: KubeObject,
	verdict: Verdict | undefined,
	suspended: boolean,
	tally: Tally,
): {conditions: Condition[]; text?: string} {
	const conditions = [...((found['status']?.conditions ?? []) as Condition[])];
	const now = rfc3339(sim.clock.now());
	const put = (type: string, status: Condition['status'], reason: string, message: string) => {
		const at = conditions.findIndex(condition => condition.type === type);
		const next: Condition = {lastProbeTime: now, lastTransitionTime: now, message, reason, status, type};
		if (at === -1) conditions.push(next);
		else if (conditions[at]!.status !== status) conditions[at] = next;
	};

	if (verdict) {
		const {succeeded, reason, message} = verdict;
		put(succeeded ? 'SuccessCriteriaMet' : 'FailureTarget', 'True', reason, message);
		if (tally.active.length > 0 || tally.terminating > 0) return {conditions};
		put(succeeded ? 'Complete' : 'Failed', 'True', reason, message);
		event(found, succeeded ? 'Normal' : 'Warning', succeeded ? 'Completed' : reason, succeeded ? 'Job completed' : message);
		return {conditions};
	}

	const standing = conditions.find(({type}) => type === 'Suspended');
	if (suspended && standing?.status !== 'True') {
		put('Suspended', 'True', 'JobSuspended', 'Job suspended');
		event(found, 'Normal', 'Suspended', 'Job suspended');
		return {conditions, text: 'Job suspended'};
	}

	if (!suspended && standing?.status === 'True') {
		put('Suspended', 'False', 'JobResumed', 'Job resumed');
		event(found, 'Normal', 'Resumed', 'Job resumed');
		return {conditions, text: 'Job resumed'};
	}

	return {conditions};
}

function deadlineOf(found: KubeObject, startTime: string | undefined, now: number, finished: boolean): Again | undefined {
	const seconds = found['spec'].activeDeadlineSeconds;
	if (seconds === undefined || finished || !startTime) return undefined;
	const left = (timeOf(startTime) ?? now) + seconds * 1000 - now;
	return left > 0 ? {againAfterMs: left, idle: true} : undefined;
}
