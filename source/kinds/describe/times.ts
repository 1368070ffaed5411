import {parseRfc3339} from '../../api/values/time.js';
import {calendar, strftime} from '../../sim/strftime.js';
import {humanDuration} from '../age.js';

/** What Go prints for a time that was never set. */
const zero = 'Mon, 01 Jan 0001 00:00:00 +0000';

/** RFC 1123 with a numeric zone: `Sun, 01 Jun 2025 11:00:00 +0000`. */
export function longTime(timestamp: string | null | undefined): string {
	const ms = timestamp ? parseRfc3339(timestamp) : undefined;
	if (ms === undefined) return zero;
	const year = String(calendar(ms).year).padStart(4, '0');
	return strftime(`%a, %d %b ${year} %T +0000`, ms);
}

/** Go's `time.Time` with `%s`: `2017-06-05 04:45:56 +0000 UTC`. */
export function goTime(timestamp: string | null | undefined): string {
	const ms = timestamp ? parseRfc3339(timestamp) : undefined;
	return ms === undefined ? '0001-01-01 00:00:00 +0000 UTC' : strftime('%F %T +0000 UTC', ms);
}

/** `5m`, or `<unknown>` (translateTimestampSince). */
export function since(timestamp: string | null | undefined, nowMs: number): string {
	const then = timestamp ? parseRfc3339(timestamp) : undefined;
	return then === undefined ? '<unknown>' : humanDuration(nowMs - then);
}
