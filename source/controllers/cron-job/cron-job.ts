import {type CronSchedule, parseCron} from '../../api/values/cron.js';
import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {copy, equal} from '../../api/values/plain.js';
import {isAlreadyExists} from '../../api/status.js';
import {findTimeZone} from '../../api/values/time-zone.js';
import {rfc3339} from '../../api/values/time.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {jobResource} from '../job/job.js';
import {ownerKeys, ownerReferenceTo} from '../pods/claim.js';
import {byController} from '../pods/indexes.js';
import {timeOf} from '../status.js';
import {removeOldJobs, settleActive} from './history.js';

const resource = 'cronjobs.batch';
/** A little late, so that the minute has surely begun (cronjob_controllerv2.go nextScheduleDelta). */
const lateMs = 100;

/** Starts jobs by the calendar. Models pkg/controller/cronjob. */
const cronJob: Controller = {
	name: 'cronjob-controller',
	indexes: [byController(jobResource)],
	watches: [
		{resource, keys: ({object}) => [keyOf(object)]},
		{resource: jobResource, keys: ({object}) => ownerKeys(object, 'CronJob')},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const found = context.client.find<KubeObject>(resource, namespace, name);
		if (!found || found.metadata.deletionTimestamp) return undefined;
		const jobs = context.client.indexed<KubeObject>(jobResource, 'controller', found.metadata.uid!);
		const status = settleActive(context, found, jobs);
		removeOldJobs(context, found, jobs);
		const {again, started} = run(context, found, status);
		if (!equal(started, found['status'])) context.client.updateStatus({...found, status: started});
		return again;
	},
};
export default cronJob;

interface Step {
	readonly started: KubeObject['status'];
	readonly again?: Again;
}

function run(context: ControllerContext, found: KubeObject, status: KubeObject['status']): Step {
	const schedule = scheduleOf(context, found);
	if (!schedule || found['spec'].suspend) return {started: status};
	const now = context.sim.clock.now();
	const next = schedule.next(now);
	const again: Step = {started: status, ...(next !== undefined && {again: {againAfterMs: next - now + lateMs, idle: true}})};
	const due = mostRecent(found, status, schedule, now);
	if (due === undefined) return again;
	const deadline = found['spec'].startingDeadlineSeconds;
	if (deadline !== undefined && due + deadline * 1000 < now) {
		context.event(found, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${goTime(due)}`);
		return again;
	}

	if (status.active?.some(({name}: {name: string}) => name === jobName(found, due)) || timeOf(status.lastScheduleTime) === due)
		return again;
	return {...again, started: start(context, found, status, due)};
}

function scheduleOf({event}: ControllerContext, found: KubeObject): CronSchedule | undefined {
	const {schedule, timeZone} = found['spec'];
	const zone = findTimeZone(timeZone ?? 'UTC');
	if (!zone) {
		event(found, 'Warning', 'UnknownTimeZone', `invalid timeZone: ${JSON.stringify(timeZone)}: unknown time zone ${timeZone}`);
		return undefined;
	}

	try {
		return parseCron(schedule, zone);
	} catch (error) {
		const text = `unparseable schedule: ${JSON.stringify(schedule)} : ${(error as Error).message}`;
		event(found, 'Warning', 'UnparseableCronJobSchedule', text);
		return undefined;
	}
}

/** The last time that has passed since the job was last started. */
function mostRecent(found: KubeObject, status: KubeObject['status'], schedule: CronSchedule, now: number): number | undefined {
	const created = timeOf(found.metadata.creationTimestamp) ?? now;
	const deadline = found['spec'].startingDeadlineSeconds;
	let from = timeOf(status.lastScheduleTime) ?? created;
	if (deadline !== undefined) from = Math.max(from, now - deadline * 1000);
	let due: number | undefined;
	// After a long time without a control plane only the last hundred or so matter.
	let next = schedule.next(from);
	for (let guard = 0; next !== undefined && next <= now; guard++) {
		due = next;
		next = guard > 100 ? schedule.next(Math.max(next, now - 3_600_000)) : schedule.next(next);
		if (guard > 10_000) break;
	}

	return due;
}

const jobName = (found: KubeObject, dueMs: number): string => `${found.metadata.name}-${Math.floor(dueMs / 60_000)}`;
const goTime = (ms: number): string => `${rfc3339(ms).replace('T', ' ').replace('Z', '')} +0000 UTC`;

function start(context: ControllerContext, found: KubeObject, status: KubeObject['status'], due: number): KubeObject['status'] {
	const {client, event} = context;
	const {namespace} = found.metadata;
	let active: any[] = status.active ?? [];
	const policy = found['spec'].concurrencyPolicy ?? 'Allow';
	if (policy === 'Forbid' && active.length > 0) {
		event(found, 'Normal', 'JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid');
		return status;
	}

	if (policy === 'Replace') {
		for (const {name} of active) {
			if (!client.find(jobResource, namespace, name)) continue;
			client.delete(jobResource, namespace, name, {propagationPolicy: 'Background'});
			event(found, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
		}

		active = [];
	}

	try {
		const {metadata, apiVersion, kind} = client.create(draftOf(found, due));
		event(found, 'Normal', 'SuccessfulCreate', `Created job ${metadata.name}`);
		active = [...active, {kind, namespace, name: metadata.name, uid: metadata.uid, apiVersion, resourceVersion: metadata.resourceVersion}];
	} catch (error) {
		if (isAlreadyExists(error)) return {...status, lastScheduleTime: rfc3339(due)};
		event(found, 'Warning', 'FailedCreate', `Error creating job: ${(error as Error).message}`);
		throw error;
	}

	const {active: _, ...rest} = status;
	return {...(active.length > 0 && {active}), ...rest, lastScheduleTime: rfc3339(due)};
}

function draftOf(found: KubeObject, due: number): KubeObject {
	const {metadata = {}, spec} = found['spec'].jobTemplate;
	return copy({
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {
			name: jobName(found, due),
			namespace: found.metadata.namespace!,
			...(metadata.labels && {labels: metadata.labels}),
			annotations: {...metadata.annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': rfc3339(due)},
			ownerReferences: [ownerReferenceTo(found)],
		},
		spec,
	});
}
