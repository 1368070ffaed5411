import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {goSorted} from '../../api/values/go-sort.js';
import {parseRfc3339} from '../../api/values/time.js';
import type {Lines} from './lines.js';
import {since} from './times.js';

/** The table at the end of a description: what happened to the object, oldest last seen first. */
export function putEvents(lines: Lines, object: KubeObject, context: DescribeContext): void {
	if (!context.showEvents) return;
	putEventList(lines, eventsOf(object, context), context.nowMs);
}

export function eventsOf(object: KubeObject, {reader}: DescribeContext): readonly any[] {
	const {name, namespace, uid} = object.metadata;
	const terms = [
		`involvedObject.name=${name}`,
		`involvedObject.kind=${object.kind}`,
		...(namespace ? [`involvedObject.namespace=${namespace}`] : []),
	];
	const list = (of: string | undefined) =>
		reader.list('events', {
			...(namespace && {namespace}),
			fieldSelector: [...terms, ...(of ? [`involvedObject.uid=${of}`] : [])].join(','),
		});
	// The kubelet files what happens to its node under the node's name, controllers under its uid.
	return object.kind === 'Node' && uid ? [...list(uid), ...list(name)] : list(uid);
}

export function putEventList(lines: Lines, events: readonly any[], nowMs: number): void {
	if (events.length === 0) {
		lines.put(0, 'Events:\t<none>\n');
		return;
	}

	const seen = (event: any) => (event.lastTimestamp ? (parseRfc3339(event.lastTimestamp) ?? 0) : Number.NEGATIVE_INFINITY);
	const sorted = goSorted(events, (a, b) => seen(a) < seen(b));
	lines.put(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n').put(1, '----\t------\t----\t----\t-------\n');
	for (const event of sorted) {
		const from = event.source?.component || event.reportingComponent || '';
		lines.put(1, `${event.type ?? ''}\t${event.reason ?? ''}\t${interval(event, nowMs)}\t${from}\t${(event.message ?? '').trim()}\n`);
	}
}

/** `2s (x3 over 8s)`, as `kubectl get events` and `kubectl events` say it too. */
export function interval(event: any, nowMs: number): string {
	const first = since(event.eventTime || event.firstTimestamp, nowMs);
	if (event.series) return `${since(event.series.lastObservedTime, nowMs)} (x${event.series.count} over ${first})`;
	return event.count > 1 ? `${since(event.lastTimestamp, nowMs)} (x${event.count} over ${first})` : first;
}
