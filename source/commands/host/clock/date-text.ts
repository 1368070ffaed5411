const units: Readonly<Record<string, number>> = {
	...{sec: 1, second: 1, min: 60, minute: 60, hour: 3600, day: 86_400, week: 604_800, fortnight: 1_209_600},
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const ordinals: Readonly<Record<string, number>> = {last: -1, this: 0, next: 1, first: 1, third: 3, fourth: 4, fifth: 5, sixth: 6};
const monthName = `(?:${months.join('|')})[a-z]*\\.?`;

/** What has been read of a text: a date, a time of the day, a zone, and what is added. */
interface Moment {
	date?: readonly [year: number, month: number, day: number];
	time?: number;
	zoneMinutes?: number;
	weekday?: readonly [day: number, ordinal: number];
	addMs: number;
	addMonths: number;
	/** Of what was added last: `ago` turns it round. */
	undo?: () => void;
}

type Item = readonly [form: RegExp, read: (match: RegExpExecArray, at: Moment, now: number) => unknown];

const minutesOf = (sign = '+', hours = '0', minutes = '0') => (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));

function setDate(at: Moment, year: number, month: number, day: number): boolean {
	if (at.date || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
	at.date = [year, month, day];
	return true;
}

/** Two digits are of this century, or of the last. */
const yearOf = (text: string) => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900));
const monthOf = (text: string) => months.indexOf(text.slice(0, 3)) + 1;
const thisYear = (now: number) => new Date(now).getUTCFullYear();

function add(at: Moment, count: number, unit: string): void {
	const isLong = unit === 'month' || unit === 'year';
	const amount = isLong ? count * (unit === 'year' ? 12 : 1) : count * (units[unit] ?? 0) * 1000;
	const apply = (sign: number) => void (isLong ? (at.addMonths += sign * amount) : (at.addMs += sign * amount));
	apply(1);
	at.undo = () => apply(-2);
}

/** The forms of GNU's getdate, in the order in which they are tried at each place of the text. */
const items: readonly Item[] = [
	[/^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[\sTt,])/, ([, year, month, day], at) => setDate(at, Number(year), Number(month), Number(day))],
	[
		/^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d\d))?(?!\d)/,
		([, month, day, year], at, now) => setDate(at, year ? yearOf(year) : thisYear(now), Number(month), Number(day)),
	],
	[
		new RegExp(`^(\\d{1,2})[-\\s]?(${monthName})(?:[-\\s,]+(\\d{4})(?!:))?(?!\\w)`),
		([, day, month, year], at, now) => setDate(at, year ? Number(year) : thisYear(now), monthOf(month!), Number(day)),
	],
	[
		new RegExp(`^(${monthName})\\s+(\\d{1,2})(?![\\d:])(?:,?\\s+(\\d{4})(?!:))?`),
		([, month, day, year], at, now) => setDate(at, year ? Number(year) : thisYear(now), monthOf(month!), Number(day)),
	],
	[
		/^t?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?(?:\s*([-+])(\d{1,2}):?(\d\d)?(?!\d))?(?!\d)/,
		([, hour, minute, second = '0', half, sign, zoneHour, zoneMinute], at) => {
			const hours = half ? (Number(hour) % 12) + (half === 'p' ? 12 : 0) : Number(hour);
			if (at.time !== undefined || hours > 23 || Number(minute) > 59 || Number(second) > 60) return false;
			at.time = (hours * 3600 + Number(minute) * 60 + Number(second)) * 1000;
			if (sign) at.zoneMinutes = minutesOf(sign, zoneHour, zoneMinute);
		},
	],
	[/^(\d{1,2})\s*([ap])\.?m\.?\b/, ([, hour, half], at) => void (at.time = ((Number(hour) % 12) + (half === 'p' ? 12 : 0)) * 3_600_000)],
	[/^(?:utc|gmt|z)\b/, (_, at) => (at.zoneMinutes === undefined ? void (at.zoneMinutes = 0) : false)],
	[/^(?:now|today)\b/, () => {}],
	[/^(yesterday|tomorrow)\b/, ([, word], at) => add(at, word === 'tomorrow' ? 1 : -1, 'day')],
	[/^ago\b/, (_, at) => at.undo?.() ?? undefined],
	[
		/^(?:([-+]?\s*\d+)\s*|(last|this|next|first|third|fourth|fifth|sixth)\s+)?(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b/,
		([, number, word, unit], at) =>
			add(at, number === undefined ? (word === undefined ? 1 : ordinals[word]!) : Number(number.replace(/\s/g, '')), unit!),
	],
	[
		/^(?:(last|this|next|first|third|fourth|fifth|sixth)\s+)?(sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day|s|rs|nes|ur)?\b,?/,
		([, word, day], at) => void (at.weekday = [days.indexOf(day!), word === undefined ? 0 : ordinals[word]!]),
	],
	[/^(\d{4})(\d\d)(\d\d)(?!\d)/, ([, year, month, day], at) => setDate(at, Number(year), Number(month), Number(day))],
	// A year behind the time, as `date` itself writes it.
	[
		/^(\d{4})(?!\d)/,
		([, year], at) => {
			if (!at.date || at.time === undefined) return false;
			at.date = [Number(year), at.date[1], at.date[2]];
		},
	],
	[/^,/, () => {}],
];

/** What `date -d` is given, in UTC: dates, times, `2 hours ago`, `next monday`, in any order. Undefined: it is none. Source: gnulib, parse-datetime.y. */
export function parseDate(given: string, now: number): number | undefined {
	const text = given.trim().toLowerCase();
	const seconds = /^@(-?\d+)(?:\.\d+)?$/.exec(text)?.[1];
	if (seconds !== undefined) return Number(seconds) * 1000;
	const at: Moment = {addMs: 0, addMonths: 0};
	for (let rest = text; rest !== ''; rest = rest.trimStart()) {
		const length = readItem(rest, at, now);
		if (length === undefined) return undefined;
		rest = rest.slice(length);
	}
	// An empty text is the beginning of today.
	return momentOf(text === '' ? {...at, time: 0} : at, now);
}

function readItem(text: string, at: Moment, now: number): number | undefined {
	for (const [form, read] of items) {
		const match = form.exec(text);
		if (match && read(match, at, now) !== false) return match[0].length;
	}
	return undefined;
}

function momentOf({date, time, zoneMinutes = 0, weekday, addMs, addMonths}: Moment, now: number): number {
	const today = new Date(now);
	const dayMs = 86_400_000;
	const [year, month, day] = date ?? [today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()];
	const ofDay = time ?? (date || weekday ? 0 : ((now % dayMs) + dayMs) % dayMs);
	let start = Date.UTC(year, month - 1 + addMonths, day);
	if (weekday && !date) {
		const is = new Date(start).getUTCDay();
		const [wanted, ordinal] = weekday;
		start += (((wanted - is + 7) % 7) + 7 * (ordinal - (ordinal > 0 && is !== wanted ? 1 : 0))) * dayMs;
	}
	return start + ofDay - zoneMinutes * 60_000 + addMs;
}
