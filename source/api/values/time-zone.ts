import {civilFromDays, daysFromCivil, daysInMonth} from './time.js';
import {zonesByRule} from './time-zone-rules.js';

const dayMs = 86_400_000;

/** Offset from UTC at an instant, in milliseconds: positive to the east. */
export interface TimeZone {
	readonly name: string;
	offsetAt(utcMs: number): number;
}

export const utc: TimeZone = {name: 'UTC', offsetAt: () => 0};
const zones = new Map<string, TimeZone | undefined>();

/** Undefined when nobody knows the name. */
export function findTimeZone(name: string): TimeZone | undefined {
	if (name === '' || name === 'UTC') return utc;
	if (!zones.has(name)) {
		const rule = Object.keys(zonesByRule).find(key => zonesByRule[key]!.split(' ').includes(name));
		zones.set(name, rule === undefined ? undefined : {name, offsetAt: parsePosixZone(rule)});
	}

	return zones.get(name);
}

/** The rule of a POSIX `TZ` string such as `CET-1CEST,M3.5.0,M10.5.0/3`: offset at an instant. */
export function parsePosixZone(text: string): (utcMs: number) => number {
	const [names = '', from, to] = text.split(',');
	const match = /^(?:[A-Za-z]+|<[^>]+>)([+-]?[\d:]+)(?:(?:[A-Za-z]+|<[^>]+>)([+-]?[\d:]+)?)?$/.exec(names);
	const standard = -hms(match?.[1] ?? '0');
	if (!from || !to) return () => standard;
	const summer = match?.[2] ? -hms(match[2]) : standard + 3_600_000;
	const [begins, ends] = [transition(from), transition(to)];
	return utcMs => {
		const {year} = civilFromDays(Math.floor((utcMs + standard) / dayMs));
		const start = begins(year) - standard;
		const end = ends(year) - summer;
		const isSummer = start < end ? utcMs >= start && utcMs < end : utcMs >= start || utcMs < end;
		return isSummer ? summer : standard;
	};
}

function hms(text: string): number {
	const sign = text.startsWith('-') ? -1 : 1;
	const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
	return sign * ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Local milliseconds of a year's change: `M3.5.0/2` is the last Sunday of March at 2 o'clock; `J60` and `59` count days. */
function transition(text: string): (year: number) => number {
	const [date = '', time = '2'] = text.split('/');
	const at = hms(time);
	const [month = 1, week = 1, weekday = 0] = date.slice(1).split('.').map(Number);
	if (!date.startsWith('M')) {
		const julian = date.startsWith('J') ? Number(date.slice(1)) - 1 : Number(date);
		const leap = (year: number) => (date.startsWith('J') && julian >= 59 && daysInMonth(year, 2) === 29 ? 1 : 0);
		return year => (daysFromCivil(year, 1, 1) + julian + leap(year)) * dayMs + at;
	}

	return year => {
		const first = daysFromCivil(year, month, 1);
		// 1970-01-01 was a Thursday.
		const day = 1 + ((((weekday - first - 4) % 7) + 7) % 7) + (week - 1) * 7;
		return (first + (day > daysInMonth(year, month) ? day - 7 : day) - 1) * dayMs + at;
	};
}
