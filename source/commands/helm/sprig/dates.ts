import {parseRfc3339} from '../../../api/values/time.js';
import type {GoFunction} from '../../go-template/functions.js';
import {GoStruct} from '../../go-template/go-value.js';
import {calendar, months, weekdays} from '../../../sim/strftime.js';
import {goDurationMs} from '../../kubectl/flags/go-duration.js';
import {fail, toInt} from './cast.js';

const two = (value: number) => String(value).padStart(2, '0');
const layoutPattern = /2006|January|Jan|Monday|Mon|MST|Z07:00|-07:00|-0700|\.0+|\.9+|01|02|03|04|05|06|15|_2|PM|pm|[12345]/g;

/** time.Format, in UTC. */
export function goDate(layout: string, ms: number): string {
	const time = calendar(ms);
	const hour = time.hour % 12 || 12;
	const words: Readonly<Record<string, string>> = {
		'2006': String(time.year),
		'06': two(time.year % 100),
		January: months[time.month]!,
		Jan: months[time.month]!.slice(0, 3),
		'01': two(time.month + 1),
		'1': String(time.month + 1),
		'02': two(time.day),
		_2: String(time.day).padStart(2),
		'2': String(time.day),
		Monday: weekdays[time.weekday]!,
		Mon: weekdays[time.weekday]!.slice(0, 3),
		'15': two(time.hour),
		'03': two(hour),
		'3': String(hour),
		'04': two(time.minute),
		'4': String(time.minute),
		'05': two(time.second),
		'5': String(time.second),
		PM: time.hour < 12 ? 'AM' : 'PM',
		pm: time.hour < 12 ? 'am' : 'pm',
		MST: 'UTC',
		'Z07:00': 'Z',
		'-07:00': '+00:00',
		'-0700': '+0000',
	};
	return layout.replace(layoutPattern, word => words[word] ?? word);
}

/** time.ANSIC, as Helm shows when something was deployed. */
export const ansic = 'Mon Jan _2 15:04:05 2006';
const goTimes = new WeakMap<GoStruct, number>();

export function timeStruct(ms: number): GoStruct {
	const time = calendar(ms);
	const struct: GoStruct = new GoStruct(
		'time.Time',
		{},
		{
			Unix: () => BigInt(Math.floor(ms / 1000)),
			UnixNano: () => BigInt(Math.floor(ms)) * 1_000_000n,
			Year: () => BigInt(time.year),
			Month: () => months[time.month],
			Day: () => BigInt(time.day),
			Hour: () => BigInt(time.hour),
			Minute: () => BigInt(time.minute),
			Second: () => BigInt(time.second),
			Weekday: () => weekdays[time.weekday],
			Format: (layout: string) => goDate(layout, ms),
			UTC: () => struct,
		},
		goDate('2006-01-02 15:04:05 -0700 MST', ms),
	);
	goTimes.set(struct, ms);
	return struct;
}

const units: ReadonlyArray<readonly [string, number]> = [
	['y', 31_536_000],
	['mo', 2_592_000],
	['d', 86_400],
	['h', 3600],
	['m', 60],
	['s', 1],
];

function durationText(seconds: number): string {
	if (seconds === 0) return '0s';
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	return `${hours > 0 ? `${hours}h` : ''}${seconds >= 60 ? `${minutes}m` : ''}${rest}s`;
}

const secondsOf = (value: unknown): number => (typeof value === 'string' ? (goDurationMs(value) ?? 0) / 1000 : Number(toInt(value)));

/** http://masterminds.github.io/sprig/date.html; `now` is the simulation's. */
export function dates(nowMs: number): Readonly<Record<string, GoFunction>> {
	const msOf = (value: unknown): number =>
		value instanceof GoStruct
			? (goTimes.get(value) ?? nowMs)
			: typeof value === 'bigint' || typeof value === 'number'
				? Number(value) * 1000
				: nowMs;
	const modify = (change: string, value: unknown) => {
		const by = goDurationMs(change);
		return timeStruct(msOf(value) + (by ?? 0));
	};

	const parse = (layout: string, text: string) => {
		const ms = layout === '2006-01-02' ? parseRfc3339(`${text}T00:00:00Z`) : parseRfc3339(text.replace(' ', 'T').replace(/(\d)$/, '$1Z'));
		return timeStruct(
			ms ?? fail(`parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(text)} as "2006"`),
		);
	};

	return {
		now: ['', () => timeStruct(nowMs)],
		date: ['sa', (layout: string, value: unknown) => goDate(layout, msOf(value))],
		dateInZone: [
			'sas',
			(layout: string, value: unknown, zone: string) =>
				/^(UTC|GMT|)$/.test(zone) ? goDate(layout, msOf(value)) : fail('kubelab: not simulated: time zones in templates'),
		],
		date_in_zone: ['sas', (layout: string, value: unknown) => goDate(layout, msOf(value))],
		htmlDate: ['a', value => goDate('2006-01-02', msOf(value))],
		htmlDateInZone: ['as', value => goDate('2006-01-02', msOf(value))],
		dateModify: ['sa', modify],
		date_modify: ['sa', modify],
		mustDateModify: ['sa', modify],
		must_date_modify: ['sa', modify],
		toDate: ['ss', parse],
		mustToDate: ['ss', parse],
		unixEpoch: ['a', value => String(Math.floor(msOf(value) / 1000))],
		ago: ['a', value => durationText(Math.max(0, Math.round((nowMs - msOf(value)) / 1000)))],
		duration: ['a', value => durationText(secondsOf(value))],
		durationRound: [
			'a',
			value => {
				const seconds = Math.abs(value instanceof GoStruct ? (nowMs - msOf(value)) / 1000 : secondsOf(value));
				const unit = units.find(([, size]) => seconds >= size);
				return unit ? `${Math.floor(seconds / unit[1])}${unit[0]}` : '0s';
			},
		],
	};
}
