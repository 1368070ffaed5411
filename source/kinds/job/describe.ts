import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {parseRfc3339} from '../../api/values/time.js';
import {humanDuration} from '../age.js';
import {plainSelector} from '../cells.js';
import {controllerText} from '../describe/controller.js';
import {putEvents} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putPodTemplate} from '../describe/pod-template.js';
import {longTime} from '../describe/times.js';

export function describeJob(job: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = job;
	const spec = job['spec'] ?? {};
	const status = job['status'] ?? {};
	lines.row(0, 'Name', metadata.name).row(0, 'Namespace', metadata.namespace ?? '');
	lines.row(0, 'Selector', spec.selector ? plainSelector(spec.selector) : '');
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines.rowIf(0, 'Controlled By', controllerText(job)).rowIf(0, 'Parallelism', spec.parallelism);
	lines
		.row(0, 'Completions', spec.completions ?? '<unset>')
		.rowIf(0, 'Completion Mode', spec.completionMode)
		.rowIf(0, 'Suspend', spec.suspend)
		.rowIf(0, 'Backoff Limit', spec.backoffLimit);
	lines.rowIf(0, 'TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
	if (status.startTime) lines.row(0, 'Start Time', longTime(status.startTime));
	if (status.completionTime) lines.row(0, 'Completed At', longTime(status.completionTime));
	if (status.startTime && status.completionTime)
		lines.row(0, 'Duration', humanDuration((parseRfc3339(status.completionTime) ?? 0) - (parseRfc3339(status.startTime) ?? 0)));
	if (spec.activeDeadlineSeconds !== undefined) lines.row(0, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
	const ready = status.ready === undefined || status.ready === null ? '' : ` (${status.ready} Ready)`;
	lines.row(0, 'Pods Statuses', `${status.active ?? 0} Active${ready} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`);
	if (spec.completionMode === 'Indexed') lines.row(0, 'Completed Indexes', indexesText(status.completedIndexes ?? ''));
	putPodTemplate(lines, spec.template ?? {});
	putEvents(lines, job, context);
	return lines.aligned();
}

const indexesMax = 50;

/** Long lists of indexes are cut at a comma. */
function indexesText(indexes: string): string {
	if (indexes === '') return '<none>';
	if (indexes.length <= indexesMax) return indexes;
	const cut = indexes.lastIndexOf(',', indexesMax);
	return `${indexes.slice(0, (cut === -1 ? indexesMax : cut) + 1)}...`;
}
