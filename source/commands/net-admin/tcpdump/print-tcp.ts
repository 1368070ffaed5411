import {type Internet, number16, number32} from './decoded.js';
import type {Options} from './options.js';
import {checked} from './print-sum.js';

/** The first numbers that were seen of both sides of a connection; later ones are told relative to them. */
export type Numbers = Map<string, {readonly own: number; readonly other: number}>;

const httpPorts = [80, 591, 2301, 3128, 8080];
const wordMax = 2 ** 32;
const less = (value: number, base: number) => (value - base + wordMax) % wordMax;

export function tcpText(bytes: Uint8Array, ip: Internet, {verbose, absolute}: Options, numbers: Numbers): string {
	const at = ip.body;
	const header = (bytes[at + 12]! >> 4) * 4;
	const length = ip.end - at - header;
	const flags = bytes[at + 13]!;
	const [sequence, acknowledged] = relative(bytes, ip, flags, absolute, numbers);
	const isSpoken = length > 0 || (flags & 7) !== 0 || verbose > 1;
	const parts = [
		`Flags [${flagLetters(flags)}]`,
		verbose > 0 && checked(bytes, ip, 16, 'tcp'),
		isSpoken && `seq ${length > 0 ? `${sequence}:${(sequence + length) % wordMax}` : sequence}`,
		(flags & 16) !== 0 && `ack ${acknowledged}`,
		`win ${number16(bytes, at + 14)}`,
		header > 20 && `options [${optionTexts(bytes.subarray(at + 20, at + header)).join(',')}]`,
		`length ${length}`,
	];
	const ports = [number16(bytes, at), number16(bytes, at + 2)];
	const http = length > 0 && ports.some(port => httpPorts.includes(port)) ? httpText(bytes.subarray(at + header, ip.end), verbose) : '';
	return `${parts.filter(Boolean).join(', ')}${http}`;
}

const letters = ['F', 'S', 'R', 'P', '.', 'U', 'E', 'W'];
const flagLetters = (flags: number) => letters.filter((_, bit) => (flags & (1 << bit)) !== 0).join('') || 'none';

/** Models print-tcp.c: the first acknowledgement of a connection shows its numbers in full, and so does every SYN. */
function relative(
	bytes: Uint8Array,
	ip: Internet,
	flags: number,
	absolute: boolean,
	numbers: Numbers,
): [sequence: number, acknowledged: number] {
	const [sequence, acknowledged] = [number32(bytes, ip.body + 4), number32(bytes, ip.body + 8)];
	// What acknowledges nothing is no beginning yet.
	if (absolute || (flags & 16) === 0) return [sequence, acknowledged];
	const [from, to] = [`${ip.source}:${number16(bytes, ip.body)}`, `${ip.destination}:${number16(bytes, ip.body + 2)}`];
	const isSyn = (flags & 2) !== 0;
	const own = numbers.get(`${from} ${to}`);
	if (!own || isSyn) {
		numbers.set(`${from} ${to}`, {own: sequence, other: acknowledged - 1});
		numbers.set(`${to} ${from}`, {own: acknowledged - 1, other: sequence});
		return [sequence, acknowledged];
	}
	return [less(sequence, own.own), less(acknowledged, own.other)];
}

function optionTexts(options: Uint8Array): string[] {
	const texts: string[] = [];
	for (let at = 0; at < options.length; ) {
		const kind = options[at]!;
		if (kind === 2) texts.push(`mss ${number16(options, at + 2)}`);
		else if (kind === 3) texts.push(`wscale ${options[at + 2]}`);
		else if (kind === 8) texts.push(`TS val ${number32(options, at + 2)} ecr ${number32(options, at + 6)}`);
		else texts.push(kind === 4 ? 'sackOK' : kind === 1 ? 'nop' : 'eol');
		at += kind < 2 ? 1 : Math.max(2, options[at + 1] ?? 2);
	}
	return texts;
}

const starts = /^(?:HTTP\/|(?:GET|PUT|COPY|HEAD|LOCK|MOVE|POLL|POST|PROPFIND|PATCH|SEARCH|DELETE|OPTIONS|CONNECT|TRACE)\b)/;

/** The first line of a message; with -v all lines of its head. */
function httpText(payload: Uint8Array, verbose: number): string {
	const text = Array.from(payload, byte => String.fromCharCode(byte)).join('');
	if (!starts.test(text)) return ': HTTP';
	const head = text.split('\r\n\r\n')[0]!.split('\r\n');
	return verbose === 0 ? `: HTTP: ${head[0]}` : `: HTTP, length: ${payload.length}\n${[...head, ''].map(line => `\t${line}`).join('\n')}`;
}
