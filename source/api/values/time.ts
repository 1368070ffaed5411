/** RFC 3339 times in UTC, from and to milliseconds since 1970, without the ambient `Date`. */
const dayMs = 86_400_000;
const pad = (value: number, width = 2) => String(value).padStart(width, '0');
let lastSecond = Number.NaN;
let lastText = '';

/** `2026-11-21T02:00:00Z`: whole seconds, as metav1.Time. */
export function rfc3339(ms: number): string {
	const second = Math.floor(ms / 1000);
	if (second !== lastSecond) {
		lastText = `${dateOf(ms)}T${clockOf(ms)}Z`;
		lastSecond = second;
	}

	return lastText;
}

/** `2026-11-21T02:00:00.123000Z`, as metav1.MicroTime. */
export const rfc3339Micro = (ms: number): string => `${dateOf(ms)}T${clockOf(ms)}.${pad(((ms % 1000) + 1000) % 1000, 3)}000Z`;

/** Undefined when the text is not an RFC 3339 time. */
export function parseRfc3339(text: string): number | undefined {
	const match = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
	if (!match) return undefined;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
	if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
	const offset = match[8] ? (match[8] === '-' ? -1 : 1) * (Number(match[9]) * 60 + Number(match[10])) * 60_000 : 0;
	const fraction = match[7] ? Math.floor(Number(match[7]) * 1000) : 0;
	return daysFromCivil(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset;
}

export const daysInMonth = (year: number, month: number): number =>
	month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Days since 1970-01-01 (Howard Hinnant, chrono-compatible low-level date algorithms). */
export function daysFromCivil(year: number, month: number, day: number): number {
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

export function civilFromDays(days: number): {year: number; month: number; day: number} {
	const z = days + 719_468;
	const era = Math.floor(z / 146_097);
	const dayOfEra = z - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const shifted = Math.floor((5 * dayOfYear + 2) / 153);
	const month = shifted < 10 ? shifted + 3 : shifted - 9;
	return {year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1};
}

function dateOf(ms: number): string {
	const {year, month, day} = civilFromDays(Math.floor(ms / dayMs));
	return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

function clockOf(ms: number): string {
	const second = Math.floor((((ms % dayMs) + dayMs) % dayMs) / 1000);
	return `${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`;
}
