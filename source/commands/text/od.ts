import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {toBytes} from '../../shell/run/stream.js';
import {type Arguments, notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {standardInput, readContent} from './input.js';

/** One kind of reading: how many bytes a number takes, and how wide it is shown. */
interface Reading {
	readonly size: number;
	readonly width: number;
	readonly trailer: boolean;
	show(bytes: Uint8Array): string;
}

const long = {
	'address-radix': '=A',
	'skip-bytes': '=j',
	'read-bytes': '=N',
	format: '=t',
	'output-duplicates': '=v',
	width: '=w',
} as const;
const old: Readonly<Record<string, string>> = {
	a: 'a',
	b: 'o1',
	c: 'c',
	d: 'u2',
	i: 'dI',
	l: 'dL',
	o: 'o2',
	s: 'd2',
	x: 'x2',
	B: 'o2',
	D: 'u4',
	H: 'x4',
	O: 'o4',
	X: 'x4',
};

export default {
	name: 'od',
	summary: 'print files as numbers',
	*run(io) {
		const args = parseArguments(wordsOf(io.argv.slice(1)), {flags: 'v', values: 'AjNtw', long});
		if (args.problem) return refuse(io, args.problem);
		const radix = args.value('A') ?? 'o';
		if (!['d', 'o', 'x', 'n'].includes(radix)) {
			io.err(`od: invalid output address radix '${radix}'; it must be one character from [doxn]\n`);
			return 1;
		}

		const readings: Reading[] = [];
		for (const format of args.has('t') ? args.all('t') : ['o2']) {
			const problem = readingsOf(format, readings);
			if (problem) {
				io.err(`od: ${problem}\n`);
				return 1;
			}
		}

		const pieces: number[] = [];
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const bytes: Uint8Array | undefined = name === '-' ? toBytes(yield* standardInput(io)) : read(io, name);
			if (bytes) for (const byte of bytes) pieces.push(byte);
			else status = 1;
		}

		if (args.has('w') && !(Number(args.value('w')) > 0)) return notSimulated(io, `od -w${args.value('w')}`);
		const skip = amount(args.value('j') ?? '0');
		const all = Uint8Array.from(pieces);
		const wanted = all.subarray(skip, args.has('N') ? skip + amount(args.value('N')!) : undefined);
		if (status === 0 || wanted.length > 0) io.out(dump(wanted, skip, readings, radix, args));
		return status;
	},
} satisfies Command<Machine>;

/** The old letters are formats, too: `-c` is `-t c`. */
const wordsOf = (words: readonly string[]): string[] =>
	words.flatMap(word => {
		if (!/^-[abcdilosxBDHOX]+v?$/.test(word)) return [word];
		return [...word.slice(1)].flatMap(letter => (letter === 'v' ? ['-v'] : ['-t', old[letter]!]));
	});

function amount(text: string): number {
	const [, digits = '0', unit = ''] = /^(0x[\da-fA-F]+|\d+)([bkKmM]?)/.exec(text) ?? [];
	return Number(digits) * ({b: 512, k: 1024, K: 1024, m: 2 ** 20, M: 2 ** 20}[unit] ?? 1);
}

function read(io: Io<Machine>, name: string): Uint8Array | undefined {
	try {
		return readContent(io, io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`od: ${name}: ${error.code === 'EISDIR' ? 'read error: ' : ''}${error.message}\n`);
		return undefined;
	}
}

const widths: Readonly<Record<string, readonly number[]>> = {
	o: [3, 6, 0, 11, 0, 0, 0, 22],
	x: [2, 4, 0, 8, 0, 0, 0, 16],
	d: [4, 6, 0, 11, 0, 0, 0, 20],
	u: [3, 5, 0, 10, 0, 0, 0, 20],
};
const named: Readonly<Record<string, number>> = {C: 1, S: 2, I: 4, L: 8};

/** Adds what `-t` asks for; gives what is wrong with it. */
function readingsOf(format: string, readings: Reading[]): string | undefined {
	for (let rest = format; rest !== ''; ) {
		const [whole, letter, size, trailer] = /^([acdoux])([CSIL]|\d+)?(z)?/.exec(rest) ?? [];
		if (whole === undefined || letter === undefined) return `invalid character '${rest[0]}' in type string ‘${format}’`;
		rest = rest.slice(whole.length);
		if (letter === 'a' || letter === 'c') {
			readings.push({
				size: 1,
				width: 3,
				trailer: trailer !== undefined,
				show: ([byte = 0]) => (letter === 'a' ? asciiName(byte) : charOf(byte)),
			});
			continue;
		}

		const bytes = size === undefined ? 4 : (named[size] ?? Number(size));
		const width = widths[letter]![bytes - 1];
		if (!width) return `invalid type string ‘${format}’;\nthis system doesn't provide a ${bytes}-byte integral type`;
		readings.push({size: bytes, width, trailer: trailer !== undefined, show: part => integer(part, letter, width)});
	}

	return undefined;
}

const asciiNames =
	'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(' ');
const asciiName = (byte: number): string => {
	const seven = byte & 127;
	return seven === 127 ? 'del' : (asciiNames[seven] ?? String.fromCharCode(seven));
};

const escapes: Readonly<Record<number, string>> = {0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r'};
const charOf = (byte: number): string =>
	escapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));

/** Little-endian, as the machine is. */
function integer(part: Uint8Array, letter: string, width: number): string {
	let value = 0n;
	for (let at = part.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(part[at]!);
	if (letter === 'd') value = BigInt.asIntN(part.length * 8, value);
	return letter === 'o' || letter === 'x' ? value.toString(letter === 'o' ? 8 : 16).padStart(width, '0') : String(value);
}

const address = (at: number, radix: string): string =>
	radix === 'n' ? '' : at.toString({d: 10, o: 8, x: 16}[radix]).padStart(radix === 'x' ? 6 : 7, '0');

function dump(bytes: Uint8Array, skip: number, readings: readonly Reading[], radix: string, args: Arguments): string {
	const perLine = Number(args.value('w') ?? 16);
	const widest = Math.max(...readings.map(({size, width}) => Math.ceil(perLine / size) * (width + 1)));
	let text = '';
	let starred = false;
	for (let at = 0; at < bytes.length; at += perLine) {
		const row = bytes.subarray(at, at + perLine);
		if (!args.has('v') && at > 0 && row.length === perLine && row.every((byte, index) => byte === bytes[at - perLine + index])) {
			if (!starred) text += '*\n';
			starred = true;
			continue;
		}

		starred = false;
		for (const [index, reading] of readings.entries()) {
			const head = index === 0 ? address(skip + at, radix) : ' '.repeat(address(0, radix).length);
			text += `${head}${lineOf(row, reading, perLine, widest)}\n`;
		}
	}

	return radix === 'n' ? text : `${text}${address(skip + bytes.length, radix)}\n`;
}

/** Numbers of several readings stand below each other: narrow ones get more room. */
function lineOf(row: Uint8Array, {size, width, trailer, show}: Reading, perLine: number, widest: number): string {
	const fields = Math.ceil(perLine / size);
	let room = widest - fields * (width + 1);
	let text = '';
	let shown = 0;
	for (; shown * size < row.length; shown++) {
		const next = Math.floor((room * (fields - shown - 1)) / (fields - shown));
		const part = new Uint8Array(size);
		part.set(row.subarray(shown * size, (shown + 1) * size));
		text += show(part).padStart(width + 1 + room - next);
		room = next;
	}

	if (!trailer) return text;
	const printable = [...row].map(byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
	return `${text.padEnd(widest)}  >${printable}<`;
}
