import type {Column} from '../../api/kind.js';
import {ageOf} from '../age.js';
import {column, wide} from '../cells.js';

const firstSeen = (event: any): string | undefined => event.firstTimestamp || event.eventTime;

/** The series knows best; then the last time, the first, the only one. Models printEvent. */
function lastSeen(event: any): string | undefined {
	if (event.series) return event.series.lastObservedTime;
	return event.lastTimestamp || firstSeen(event);
}

export const eventColumns: readonly Column[] = [
	column('Last Seen', (event, {nowMs}) => ageOf(lastSeen(event), nowMs)),
	column('Type', ({type}) => type ?? ''),
	column('Reason', ({reason}) => reason ?? ''),
	column('Object', ({involvedObject}) =>
		involvedObject?.name
			? `${involvedObject.kind?.toLowerCase() ?? ''}/${involvedObject.name}`
			: (involvedObject?.kind?.toLowerCase() ?? ''),
	),
	wide('Subobject', ({involvedObject}) => involvedObject?.fieldPath ?? ''),
	wide('Source', ({source, reportingComponent, reportingInstance}) => {
		const component = source?.component || reportingComponent || '';
		const host = source?.host || reportingInstance || '';
		return host ? `${component}, ${host}` : component;
	}),
	column('Message', ({message}) => (message ?? '').trim()),
	wide('First Seen', (event, {nowMs}) => ageOf(firstSeen(event), nowMs)),
	wide('Count', ({series, count}) => (series ? (series.count ?? 0) : count || 1)),
	{...wide('Name', ({metadata}) => metadata.name ?? ''), format: 'name'},
];
