import {parseRfc3339} from '../../api/values/time.js';
import {humanDuration} from '../age.js';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMs = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');

/** What Go prints for a time that was never set. */
const zero = 'Mon, 01 Jan 0001 00:00:00 +0000';

/** RFC 1123 with a numeric zone: `Sun, 01 Jun 2025 11:00:00 +0000`. */
export function longTime(timestamp: string | null | undefined): string {
	const ms = timestamp ? parseRfc3339(timestamp) : undefined;
	if (ms === undefined) return zero;
	const day = Math.floor(ms / dayMs);
	const {year, month, date} = civil(day);
	const seconds = Math.floor((ms - day * dayMs) / 1000);
	const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
	return `${days[(((day + 4) % 7) + 7) % 7]}, ${two(date)} ${months[month - 1]} ${String(year).padStart(4, '0')} ${clock} +0000`;
}

/** Go's `time.Time` with `%s`: `2017-06-05 04:45:56 +0000 UTC`. */
export function goTime(timestamp: string | null | undefined): string {
	const ms = timestamp ? parseRfc3339(timestamp) : undefined;
	if (ms === undefined) return '0001-01-01 00:00:00 +0000 UTC';
	const day = Math.floor(ms / dayMs);
	const {year, month, date} = civil(day);
	const seconds = Math.floor((ms - day * dayMs) / 1000);
	return `${year}-${two(month)}-${two(date)} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} +0000 UTC`;
}

/** `5m`, or `<unknown>` (translateTimestampSince). */
export function since(timestamp: string | null | undefined, nowMs: number): string {
	const then = timestamp ? parseRfc3339(timestamp) : undefined;
	return then === undefined ? '<unknown>' : humanDuration(nowMs - then);
}

/** Days since 1970 as a date (Howard Hinnant, chrono-compatible low-level date algorithms). */
function civil(day: number): {year: number; month: number; date: number} {
	const z = day + 719_468;
	const era = Math.floor(z / 146_097);
	const doe = z - era * 146_097;
	const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
	const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
	const mp = Math.floor((5 * doy + 2) / 153);
	const month = mp < 10 ? mp + 3 : mp - 9;
	return {year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, date: doy - Math.floor((153 * mp + 2) / 5) + 1};
}
