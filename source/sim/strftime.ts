import {Remembered} from './remembered.js';

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

export interface CalendarTime {
	readonly year: number;
	/** 0 to 11. */
	readonly month: number;
	readonly day: number;
	readonly weekday: number;
	readonly yearDay: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
}

/** UTC, from virtual milliseconds since 1970. */
export function calendar(ms: number): CalendarTime {
	const date = new Date(ms);
	const year = date.getUTCFullYear();
	return {
		year,
		month: date.getUTCMonth(),
		day: date.getUTCDate(),
		weekday: date.getUTCDay(),
		yearDay: Math.floor((ms - Date.UTC(year, 0, 1)) / 86_400_000) + 1,
		hour: date.getUTCHours(),
		minute: date.getUTCMinutes(),
		second: date.getUTCSeconds(),
	};
}

const two = (value: number) => String(value).padStart(2, '0');

const blank = (value: number) => String(value).padStart(2);
const hour12 = ({hour}: CalendarTime) => hour % 12 || 12;

const fields = new Map<string, (at: CalendarTime, ms: number) => string>([
	['Y', at => String(at.year)],
	['y', at => two(at.year % 100)],
	['C', at => two(Math.floor(at.year / 100))],
	['m', at => two(at.month + 1)],
	['d', at => two(at.day)],
	['e', at => blank(at.day)],
	['H', at => two(at.hour)],
	['I', at => two(hour12(at))],
	['k', at => blank(at.hour)],
	['l', at => blank(hour12(at))],
	['M', at => two(at.minute)],
	['S', at => two(at.second)],
	['p', at => (at.hour < 12 ? 'AM' : 'PM')],
	['P', at => (at.hour < 12 ? 'am' : 'pm')],
	['j', at => String(at.yearDay).padStart(3, '0')],
	['a', at => weekdays[at.weekday]!.slice(0, 3)],
	['A', at => weekdays[at.weekday]!],
	['b', at => months[at.month]!.slice(0, 3)],
	['h', at => months[at.month]!.slice(0, 3)],
	['B', at => months[at.month]!],
	['u', at => String(at.weekday || 7)],
	['w', at => String(at.weekday)],
	['U', at => two(Math.floor((at.yearDay + 6 - at.weekday) / 7))],
	['W', at => two(Math.floor((at.yearDay + 6 - ((at.weekday + 6) % 7)) / 7))],
	['V', (_, ms) => two(isoWeek(ms).week)],
	['G', (_, ms) => String(isoWeek(ms).year)],
	['s', (_, ms) => String(Math.floor(ms / 1000))],
	['N', (_, ms) => String(ms % 1000).padStart(3, '0') + '000000'],
	['Z', () => 'UTC'],
	['z', () => '+0000'],
	[':z', () => '+00:00'],
	['n', () => '\n'],
	['t', () => '\t'],
	['%', () => '%'],
]);

/** The week, and its year, are those of its Thursday. */
function isoWeek(ms: number): {week: number; year: number} {
	const {weekday} = calendar(ms);
	const thursday = calendar(ms + (4 - (weekday || 7)) * 86_400_000);
	return {week: Math.floor((thursday.yearDay - 1) / 7) + 1, year: thursday.year};
}

const composed = new Map([
	['F', '%Y-%m-%d'],
	['T', '%H:%M:%S'],
	['R', '%H:%M'],
	['D', '%m/%d/%y'],
	['c', '%a %d %b %Y %I:%M:%S %p %Z'],
	['x', '%m/%d/%Y'],
	['X', '%I:%M:%S %p'],
	['r', '%I:%M:%S %p'],
]);

type Part = string | ((at: CalendarTime, ms: number) => string);

/** What a format consists of: each is read once. */
const known = new Remembered<readonly Part[]>(100);

const partsOf = (format: string): readonly Part[] =>
	format.split(/(%[-_^0]?[1-9]?:?[A-Za-z%])/).flatMap((text): readonly Part[] => {
		const [, flag = '', digits = '', letter = ''] = /^%([-_^0]?)([1-9]?)(:?[A-Za-z%])$/.exec(text) ?? [];
		const field = fields.get(letter);
		if (!field) return composed.has(letter) ? partsOf(composed.get(letter)!) : [text];
		if (digits && letter === 'N') return [(at, ms) => field(at, ms).slice(0, Number(digits))];
		if (flag === '-') return [(at, ms) => field(at, ms).replace(/^[0 ]+(?=.)/, '')];
		if (flag === '_') return [(at, ms) => field(at, ms).replace(/^0+(?=.)/, zeros => ' '.repeat(zeros.length))];
		return [flag === '^' ? (at, ms) => field(at, ms).toUpperCase() : field];
	});

/** `date +FORMAT`; the machines keep UTC. */
export function strftime(format: string, ms: number): string {
	const at = calendar(ms);
	let text = '';
	for (const part of known.of(format, partsOf)) text += typeof part === 'string' ? part : part(at, ms);
	return text;
}

/** `Nov 21 02:00:05`, as syslog and journalctl begin a line. */
export const syslogTime = (ms: number): string => strftime('%b %d %H:%M:%S', ms);
