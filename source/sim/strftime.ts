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

/** `date +FORMAT`; the machines keep UTC. */
export function strftime(format: string, ms: number): string {
	const at = calendar(ms);
	const hour12 = at.hour % 12 || 12;
	const fields: Readonly<Record<string, string>> = {
		Y: String(at.year),
		y: two(at.year % 100),
		C: two(Math.floor(at.year / 100)),
		m: two(at.month + 1),
		d: two(at.day),
		e: String(at.day).padStart(2),
		H: two(at.hour),
		I: two(hour12),
		k: String(at.hour).padStart(2),
		l: String(hour12).padStart(2),
		M: two(at.minute),
		S: two(at.second),
		p: at.hour < 12 ? 'AM' : 'PM',
		P: at.hour < 12 ? 'am' : 'pm',
		j: String(at.yearDay).padStart(3, '0'),
		a: weekdays[at.weekday]!.slice(0, 3),
		A: weekdays[at.weekday]!,
		b: months[at.month]!.slice(0, 3),
		h: months[at.month]!.slice(0, 3),
		B: months[at.month]!,
		u: String(at.weekday || 7),
		w: String(at.weekday),
		s: String(Math.floor(ms / 1000)),
		N: String(ms % 1000).padStart(3, '0') + '000000',
		Z: 'UTC',
		z: '+0000',
		n: '\n',
		t: '\t',
		'%': '%',
	};
	const composed: Readonly<Record<string, string>> = {
		F: '%Y-%m-%d',
		T: '%H:%M:%S',
		R: '%H:%M',
		D: '%m/%d/%y',
		c: '%a %d %b %Y %I:%M:%S %p %Z',
		x: '%m/%d/%Y',
		X: '%I:%M:%S %p',
		r: '%I:%M:%S %p',
	};
	return format
		.replaceAll(/%([FTRDcxXr])/g, (_, letter: string) => composed[letter]!)
		.replaceAll(/%(3?)(-?)([A-Za-z%])/g, (all, three: string, dash: string, letter: string) => {
			const text = fields[letter];
			if (text === undefined) return all;
			return dash ? text.replace(/^[0 ]+(?=.)/, '') : three && letter === 'N' ? text.slice(0, 3) : text;
		});
}

/** `Nov 21 02:00:05`, as syslog and journalctl begin a line. */
export const syslogTime = (ms: number): string => strftime('%b %d %H:%M:%S', ms);
