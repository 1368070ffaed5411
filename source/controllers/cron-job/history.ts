import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {isJobFinished, jobResource} from '../job/job.js';
import {conditionOf} from '../pods/state.js';

/** Takes finished jobs off `status.active`, and says which jobs are not its own doing. */
export function settleActive({event, client}: ControllerContext, found: KubeObject, jobs: readonly KubeObject[]): KubeObject['status'] {
	const {active = [], ...status} = found['status'] ?? {};
	const known = new Map<string, any>(active.map((reference: any) => [reference.uid, reference]));
	let {lastSuccessfulTime} = status;
	for (const job of jobs) {
		const {uid, name} = job.metadata;
		const finished = isJobFinished(job);
		if (!known.has(uid!)) {
			if (!finished) event(found, 'Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`);
			continue;
		}

		if (!finished) continue;
		known.delete(uid!);
		const complete = conditionOf(job, 'Complete')?.status === 'True';
		event(found, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${complete ? 'Complete' : 'Failed'}`);
		const ended = job['status'].completionTime;
		if (complete && ended && (!lastSuccessfulTime || ended > lastSuccessfulTime)) lastSuccessfulTime = ended;
	}

	for (const {uid, name} of [...known.values()]) {
		if (jobs.some(job => job.metadata.uid === uid) || client.find(jobResource, found.metadata.namespace, name)) continue;
		event(found, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
		known.delete(uid);
	}

	const left = [...known.values()];
	return {...(left.length > 0 && {active: left}), ...status, ...(lastSuccessfulTime && {lastSuccessfulTime})};
}

/** Keeps the newest so many that succeeded and so many that failed. */
export function removeOldJobs({client, event}: ControllerContext, found: KubeObject, jobs: readonly KubeObject[]): void {
	const limits = [
		{type: 'Complete', limit: found['spec'].successfulJobsHistoryLimit ?? 3},
		{type: 'Failed', limit: found['spec'].failedJobsHistoryLimit ?? 1},
	];
	for (const {type, limit} of limits) {
		const ended = jobs
			.filter(job => conditionOf(job, type)?.status === 'True' && !job.metadata.deletionTimestamp)
			.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
		for (const {metadata} of ended.slice(0, Math.max(0, ended.length - limit))) {
			client.delete(jobResource, metadata.namespace, metadata.name, {propagationPolicy: 'Background'});
			event(found, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name}`);
		}
	}
}

const startOf = (job: KubeObject): string => job['status']?.startTime ?? job.metadata.creationTimestamp ?? '';
