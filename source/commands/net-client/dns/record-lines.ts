import type {DnsRecord} from '../../../net/dns-message.js';

/** How dig lays out records (`printmessage` of bin/dig/dig.c). */
export interface RecordStyle {
	readonly ttl: boolean;
	readonly class: boolean;
	readonly multiline?: boolean;
	/** `1h30m` instead of seconds. */
	readonly ttlUnits?: boolean;
}

const rdataColumn = 32;
const tabWidth = 8;

/** Where TTL, class, type and data begin: a column that nobody wants leaves its room to the others. */
function stopsOf({ttl, class: shows, multiline}: RecordStyle): readonly [ttl: number, kind: number, type: number, data: number] {
	if (multiline || (!ttl && !shows)) return [24, 24, 24, rdataColumn];
	if (!ttl || !shows) return [24, 24, 32, 40];
	return [24, 32, 40, 48];
}

export function questionLine(style: RecordStyle, {name, type, class: kind = 'IN'}: {name: string; type: string; class?: string}): string {
	const [, kindStop, typeStop] = stopsOf(style);
	return `;${columns(style.class ? [name, kind, type] : [name, type], style.class ? [kindStop, typeStop] : [typeStop])}`;
}

export function recordLine(style: RecordStyle, {name, type, ttl, data}: DnsRecord): string {
	const [ttlStop, kindStop, typeStop, dataStop] = stopsOf(style);
	const cells: Array<readonly [text: string, stop: number]> = [
		[name, 0],
		...(style.ttl ? [[style.ttlUnits ? inUnits(ttl) : String(ttl), ttlStop] as const] : []),
		...(style.class ? [['IN', kindStop] as const] : []),
		[type, typeStop],
		[style.multiline && type === 'SOA' ? soaLines(data) : data, dataStop],
	];
	return columns(
		cells.map(([text]) => text),
		cells.slice(1).map(([, stop]) => stop),
	);
}

/** Cells at their columns. One that comes too late stands one further, which may be the next tab stop (lib/dns/masterdump.c indent). */
function columns(cells: readonly string[], stops: readonly number[]): string {
	let text = '';
	let column = 0;
	cells.forEach((cell, i) => {
		text += cell;
		column += cell.length;
		if (i === cells.length - 1) return;
		const to = Math.max(stops[i]!, column + 1);
		const tabs = Math.floor(to / tabWidth) - Math.floor(column / tabWidth);
		text += tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(to % tabWidth) : ' '.repeat(to - column);
		column = to;
	});
	return text;
}

/** The numbers of a SOA record, in their order. */
export const soaNames = ['serial', 'refresh', 'retry', 'expire', 'minimum'];

function soaLines(data: string): string {
	const [server, mail, ...numbers] = data.split(' ');
	const margin = '\t'.repeat(rdataColumn / tabWidth);
	const lines = numbers.map((number, at) => {
		const words = at === 0 ? '' : ` (${inWords(Number(number))})`;
		return `${margin}${number.padEnd(10)} ; ${soaNames[at]}${words}\n`;
	});
	return `${server} ${mail} (\n${lines.join('')}${margin})`;
}

const units = [
	['week', 604_800],
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
	['second', 1],
] as const;

/** The units of a time that are not zero (lib/dns/ttl.c); of none, the seconds. */
function unitsOf(seconds: number): ReadonlyArray<readonly [unit: string, count: number]> {
	let left = seconds;
	const counts = units.map(([unit, length]) => {
		const count = Math.floor(left / length);
		left %= length;
		return [unit, count] as const;
	});
	const some = counts.filter(([, count]) => count > 0);
	return some.length > 0 ? some : counts.slice(-1);
}

const inUnits = (seconds: number): string =>
	unitsOf(seconds)
		.map(([unit, count]) => `${count}${unit[0]}`)
		.join('');

const inWords = (seconds: number): string =>
	unitsOf(seconds)
		.map(([unit, count]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
		.join(' ');
