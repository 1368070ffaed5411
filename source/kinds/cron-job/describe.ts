import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {plainSelector} from '../cells.js';
import {putEvents} from '../describe/events.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putPodTemplate} from '../describe/pod-template.js';
import {longTime} from '../describe/times.js';

export function describeCronJob(cronJob: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const spec = cronJob['spec'] ?? {};
	const job = spec.jobTemplate?.spec ?? {};
	putHeader(lines, cronJob);
	lines
		.row(0, 'Schedule', spec.schedule ?? '')
		.row(0, 'Concurrency Policy', spec.concurrencyPolicy ?? '')
		.row(0, 'Suspend', spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False');
	lines
		.row(0, 'Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>')
		.row(0, 'Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>');
	lines.row(0, 'Starting Deadline Seconds', spec.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`);
	lines
		.row(0, 'Selector', job.selector ? plainSelector(job.selector) : '<unset>')
		.row(0, 'Parallelism', job.parallelism ?? '<unset>')
		.row(0, 'Completions', job.completions ?? '<unset>');
	if (job.activeDeadlineSeconds !== undefined) lines.row(0, 'Active Deadline Seconds', `${job.activeDeadlineSeconds}s`);
	putPodTemplate(lines, job.template ?? {});
	const {lastScheduleTime, active = []} = cronJob['status'] ?? {};
	lines.row(0, 'Last Schedule Time', lastScheduleTime ? longTime(lastScheduleTime) : '<unset>');
	lines.row(0, 'Active Jobs', active.length === 0 ? '<none>' : active.map(({name = ''}) => name).join(', '));
	putEvents(lines, cronJob, context);
	return lines.aligned();
}
