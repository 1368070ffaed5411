import type {Column} from '../../api/kind.js';
import {parseRfc3339} from '../../api/values/time.js';
import {humanDuration} from '../age.js';
import {ageColumn, column, formatSelector, nameColumn, templateColumns, wide} from '../cells.js';

const hasCondition = (job: any, type: string): boolean =>
	Boolean(job.status?.conditions?.some((condition: any) => condition.type === type && condition.status === 'True'));

/** The first that holds. */
function statusText(job: any): string {
	if (hasCondition(job, 'Complete')) return 'Complete';
	if (hasCondition(job, 'Failed')) return 'Failed';
	if (job.metadata.deletionTimestamp) return 'Terminating';
	if (hasCondition(job, 'Suspended')) return 'Suspended';
	return hasCondition(job, 'FailureTarget') ? 'FailureTarget' : hasCondition(job, 'SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function completions({spec, status}: any): string {
	const done = status?.succeeded ?? 0;
	if (spec?.completions !== undefined && spec.completions !== null) return `${done}/${spec.completions}`;
	return (spec?.parallelism ?? 0) > 1 ? `${done}/1 of ${spec.parallelism}` : `${done}/1`;
}

function duration({status}: any, nowMs: number): string {
	const start = status?.startTime ? parseRfc3339(status.startTime) : undefined;
	if (start === undefined) return '';
	return humanDuration((status.completionTime ? parseRfc3339(status.completionTime)! : nowMs) - start);
}

export const jobColumns: readonly Column[] = [
	nameColumn,
	column('Status', statusText),
	column('Completions', completions),
	column('Duration', (job, {nowMs}) => duration(job, nowMs)),
	ageColumn,
	...templateColumns,
	wide('Selector', ({spec}) => formatSelector(spec?.selector)),
];
