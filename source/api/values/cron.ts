import {civilFromDays, daysFromCivil} from './time.js';
import {findTimeZone, type TimeZone, utc} from './time-zone.js';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** When a CronJob is due. Models robfig/cron v3 ParseStandard, which Kubernetes calls: fields, names, error texts and what summer time does. */
export interface CronSchedule {
	/** The first activation after this instant; undefined when there is none within five years. */
	next(afterMs: number): number | undefined;
}

/** Throws a plain `Error` in the library's words. A `TZ=` prefix beats `zone`. */
export function parseCron(text: string, zone: TimeZone = utc): CronSchedule {
	if (text === '') throw new Error('empty spec string');
	const prefix = /^(?:CRON_)?TZ=(\S*)\s*/.exec(text);
	if (prefix) {
		const found = findTimeZone(prefix[1]!);
		if (!found) throw new Error(`provided bad location ${prefix[1]}: unknown time zone ${prefix[1]}`);
		return parseCron(text.slice(prefix[0].length), found);
	}

	if (text.startsWith('@')) return descriptor(text, zone);
	const fields = text.split(/\s+/).filter(Boolean);
	if (fields.length !== 5) throw new Error(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
	return calendar(fields.map((field, i) => parseField(field, bounds[i]!)) as Fields, zone);
}

interface Bounds {
	readonly min: number;
	readonly max: number;
	readonly names?: Readonly<Record<string, number>>;
}

const named = (list: string, first: number) => Object.fromEntries(list.split(' ').map((name, i) => [name, i + first]));
const bounds: readonly Bounds[] = [
	{min: 0, max: 59},
	{min: 0, max: 23},
	{min: 1, max: 31},
	{min: 1, max: 12, names: named('jan feb mar apr may jun jul aug sep oct nov dec', 1)},
	{min: 0, max: 6, names: named('sun mon tue wed thu fri sat', 0)},
];

interface Field {
	readonly values: ReadonlySet<number>;
	/** Written as `*` or `?`: leaves the day to the other day field. */
	readonly star: boolean;
}

type Fields = [minute: Field, hour: Field, dayOfMonth: Field, month: Field, dayOfWeek: Field];

function parseField(text: string, limits: Bounds): Field {
	const values = new Set<number>();
	let star = false;
	for (const part of text.split(',').filter(Boolean)) {
		const range = parseRange(part, limits);
		star ||= range.star;
		for (let value = range.start; value <= range.end; value += range.step) values.add(value);
	}

	return {values, star};
}

function parseRange(text: string, {min, max, names}: Bounds): {start: number; end: number; step: number; star: boolean} {
	const [range = '', ...steps] = text.split('/');
	const [low = '', ...high] = range.split('-');
	const any = low === '*' || low === '?';
	const start = any ? min : intOrName(low, names);
	let end = any ? max : start;
	if (!any && high.length === 1) end = intOrName(high[0]!, names);
	if (!any && high.length > 1) throw new Error(`too many hyphens: ${text}`);
	if (steps.length > 1) throw new Error(`too many slashes: ${text}`);
	const step = steps.length === 1 ? wholeNumber(steps[0]!) : 1;
	// `N/step` means from N to the end.
	if (steps.length === 1 && high.length === 0) end = max;
	if (start < min) throw new Error(`beginning of range (${start}) below minimum (${min}): ${text}`);
	if (end > max) throw new Error(`end of range (${end}) above maximum (${max}): ${text}`);
	if (start > end) throw new Error(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
	if (step === 0) throw new Error(`step of range should be a positive number: ${text}`);
	return {start, end, step, star: any && step === 1};
}

const intOrName = (text: string, names: Bounds['names']): number =>
	names && Object.hasOwn(names, text.toLowerCase()) ? names[text.toLowerCase()]! : wholeNumber(text);

function wholeNumber(text: string): number {
	const failed = (why: string) => new Error(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: ${why}`);
	if (!/^[+-]?\d+$/.test(text)) throw failed('invalid syntax');
	const value = Number(text);
	if (Math.abs(value) > 2 ** 63) throw failed('value out of range');
	if (value < 0) throw new Error(`negative number (${value}) not allowed: ${text}`);
	return value;
}

const descriptors: Readonly<Record<string, string>> = {
	'@yearly': '0 0 1 1 *',
	'@annually': '0 0 1 1 *',
	'@monthly': '0 0 1 * *',
	'@weekly': '0 0 * * 0',
	'@daily': '0 0 * * *',
	'@midnight': '0 0 * * *',
	'@hourly': '0 * * * *',
};

function descriptor(text: string, zone: TimeZone): CronSchedule {
	const standard = Object.hasOwn(descriptors, text) ? descriptors[text] : undefined;
	if (standard) return parseCron(standard, zone);
	if (!text.startsWith('@every ')) throw new Error(`unrecognized descriptor: ${text}`);
	const every = Math.max(1000, Math.floor(goDuration(text.slice('@every '.length), text) / 1000) * 1000);
	return {next: afterMs => Math.floor(afterMs / 1000) * 1000 + every};
}

const durationUnits: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: minuteMs, h: hourMs};

/** `1h30m` in milliseconds, with the words of Go's time.ParseDuration. */
function goDuration(text: string, whole: string): number {
	const failed = (why: string) => new Error(`failed to parse duration ${whole}: time: ${why} ${JSON.stringify(text)}`);
	const unsigned = text.replace(/^[+-]/, '');
	if (unsigned === '0') return 0;
	if (!/^(?:\d+\.?\d*|\.\d+)/.test(unsigned)) throw failed('invalid duration');
	let total = 0;
	let rest = unsigned;
	while (rest) {
		const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest);
		if (!match) throw failed('invalid duration');
		if (!match[2]) throw failed('missing unit in duration');
		const unit = durationUnits[match[2]];
		if (unit === undefined) throw failed(`unknown unit ${JSON.stringify(match[2])} in duration`);
		total += Number(match[1]) * unit;
		rest = rest.slice(match[0].length);
	}

	return text.startsWith('-') ? -total : total;
}

/** Walks the local calendar as the library does, so that hours that summer time skips or repeats come out alike. */
function calendar([minute, hour, dayOfMonth, month, dayOfWeek]: Fields, zone: TimeZone): CronSchedule {
	const dayMatches = (at: Local) => {
		const [byDate, byWeekday] = [dayOfMonth.values.has(at.day), dayOfWeek.values.has(at.weekday)];
		return dayOfMonth.star || dayOfWeek.star ? byDate && byWeekday : byDate || byWeekday;
	};

	/** One pass; true when it has to start over because a larger unit moved on. */
	const pass = (walk: Walk): boolean => {
		while (!month.values.has(walk.local().month)) {
			const {year, month: standing} = walk.reset('month');
			walk.set(instantOf(zone, year, standing + 1, 1));
			if (walk.local().month === 1) return true;
		}

		while (!dayMatches(walk.local())) {
			const {year, month: standing, day} = walk.reset('day');
			walk.set(instantOf(zone, year, standing, day + 1));
			// Where summer time begins at midnight the day starts an hour off.
			const {hour: off} = walk.local();
			if (off !== 0) walk.set(walk.at + (off > 12 ? 24 - off : -off) * hourMs);
			if (walk.local().day === 1) return true;
		}

		while (!hour.values.has(walk.local().hour)) {
			walk.reset('hour');
			walk.set(walk.at + hourMs);
			if (walk.local().hour === 0) return true;
		}

		while (!minute.values.has(walk.local().minute)) {
			walk.reset('minute');
			walk.set(walk.at + minuteMs);
			if (walk.local().minute === 0) return true;
		}

		return walk.atWholeMinute();
	};

	return {
		next(afterMs) {
			const walk = createWalk(zone, Math.floor(afterMs / 1000) * 1000 + 1000);
			const lastYear = walk.local().year + 5;
			while (walk.local().year <= lastYear) if (!pass(walk)) return walk.at;
			return undefined;
		},
	};
}

interface Local {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly weekday: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
}

interface Walk {
	readonly at: number;
	local(): Local;
	set(at: number): void;
	/** The first time something is changed, everything smaller than this unit starts from zero. */
	reset(unit: 'month' | 'day' | 'hour' | 'minute'): Local;
	/** Goes on to second zero; true when that was in another minute. */
	atWholeMinute(): boolean;
}

function createWalk(zone: TimeZone, startMs: number): Walk {
	let at = startMs;
	let local = localOf(zone, at);
	let added = false;
	const set = (next: number) => {
		at = next;
		local = localOf(zone, at);
	};
	return {
		get at() {
			return at;
		},
		local: () => local,
		set,
		reset(unit) {
			if (!added) {
				added = true;
				const {year, month, day, hour} = local;
				if (unit === 'month') set(instantOf(zone, year, month, 1));
				if (unit === 'day') set(instantOf(zone, year, month, day));
				if (unit === 'hour') set(instantOf(zone, year, month, day, hour));
				if (unit === 'minute') set(Math.floor(at / minuteMs) * minuteMs);
			}

			return local;
		},
		atWholeMinute() {
			if (local.second === 0) return false;
			added = true;
			set((Math.floor(at / minuteMs) + 1) * minuteMs);
			return true;
		},
	};
}

function localOf(zone: TimeZone, at: number): Local {
	const local = at + zone.offsetAt(at);
	const days = Math.floor(local / dayMs);
	const rest = local - days * dayMs;
	return {
		...civilFromDays(days),
		weekday: (((days + 4) % 7) + 7) % 7,
		hour: Math.floor(rest / hourMs),
		minute: Math.floor(rest / minuteMs) % 60,
		second: Math.floor(rest / 1000) % 60,
	};
}

/** Go's time.Date: days and months may overflow; a time that does not exist or exists twice is read with the offset found first. */
function instantOf(zone: TimeZone, year: number, month: number, day: number, hour = 0): number {
	const months = year * 12 + month - 1;
	const local = (daysFromCivil(Math.floor(months / 12), (months % 12) + 1, 1) + day - 1) * dayMs + hour * hourMs;
	const offset = zone.offsetAt(local);
	if (offset === 0 || zone.offsetAt(local - offset) === offset) return local - offset;
	return local - zone.offsetAt(local - offset);
}
