import {rfc3339} from '../../api/values/time.js';

/** A line of kubectl's own log: severity, `1121 10:12:54.570655`, a process id, where in its source, and the text. */
export const logLine = (session: {readonly nowMs: number}, severity: 'I' | 'W' | 'E' | 'F', place: string, text: string): string =>
	`${severity}${stamp(session.nowMs)} ${String(1000 + (session.nowMs % 9000)).padStart(7)} ${place}] ${text}\n`;

/** klog's `1121 10:12:54.570655`. */
export function stamp(nowMs: number): string {
	const [, month = '', day = '', time = ''] = /^\d+-(\d+)-(\d+)T([\d:]+)Z$/.exec(rfc3339(nowMs)) ?? [];
	return `${month}${day} ${time}.${String(nowMs % 1000).padStart(3, '0')}000`;
}
