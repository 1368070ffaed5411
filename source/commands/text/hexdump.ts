import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {fromBytes, toBytes} from '../../shell/run/stream.js';
import {notSimulated, parseArguments} from '../host/arguments.js';
import {readContent} from './input.js';

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
const printable = (byte: number) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

function* bytesOf(io: Io<Machine>, name: string, complain: (reason: string) => string): Generator<any, Uint8Array | undefined, any> {
	if (name === '-') return toBytes(yield {read: 'all'});
	try {
		return readContent(io, io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(complain(error.message));
		return undefined;
	}
}

const rows = (bytes: Uint8Array, size: number): Uint8Array[] =>
	Array.from({length: Math.ceil(bytes.length / size)}, (_, row) => bytes.subarray(row * size, (row + 1) * size));

/** Rows like the one before are one `*`. */
function dump(bytes: Uint8Array, start: number, line: (row: Uint8Array) => string, width: number): string {
	let text = '';
	let before: string | undefined;
	let starred = false;
	const all = rows(bytes, 16);
	for (const [index, row] of all.entries()) {
		const written = line(row);
		if (row.length === 16 && written === before && index > 0) {
			if (!starred) text += '*\n';
			starred = true;
			continue;
		}

		starred = false;
		before = written;
		text += `${hex(start + index * 16, width)}${written}\n`;
	}

	return bytes.length === 0 ? '' : `${text}${hex(start + bytes.length, width)}\n`;
}

function canonical(row: Uint8Array): string {
	const cells = Array.from({length: 16}, (_, index) => (index < row.length ? hex(row[index]!, 2) : '  '));
	return `  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${[...row].map(printable).join('')}|`;
}

const words = (row: Uint8Array): string =>
	Array.from({length: 8}, (_, index) => {
		const at = index * 2;
		return at < row.length ? ` ${hex(row[at]! + (row[at + 1] ?? 0) * 256, 4)}` : '     ';
	}).join('');

export const hexdump = {
	name: 'hexdump',
	aliases: ['hd'],
	summary: 'show bytes as hexadecimal numbers',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'Cv',
			values: 'ns',
			long: {canonical: '=C', length: '=n', skip: '=s', 'no-squeezing': '=v'},
		});
		if (args.problem) return notSimulated(io, `hexdump ${io.argv.slice(1).join(' ')}`);
		const names = args.operands.length > 0 ? args.operands : ['-'];
		const parts: number[] = [];
		let failed = 0;
		for (const name of names) {
			const bytes: Uint8Array | undefined = yield* bytesOf(io, name, reason => `hexdump: ${name}: ${reason}\n`);
			if (bytes) for (const byte of bytes) parts.push(byte);
			else failed++;
		}

		if (failed === names.length) {
			io.err('hexdump: all input file arguments failed\n');
			return 1;
		}

		const start = Number(args.value('s') ?? 0);
		const length = Number(args.value('n') ?? parts.length);
		const isCanonical = args.has('C') || io.argv[0] === 'hd';
		io.out(dump(Uint8Array.from(parts.slice(start, start + length)), start, isCanonical ? canonical : words, isCanonical ? 8 : 7));
		return failed > 0 ? 1 : 0;
	},
} satisfies Command<Machine>;

export const xxd = {
	name: 'xxd',
	summary: 'make a hexadecimal dump, or the reverse',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'pru', values: 'lcsg'});
		if (args.problem) return notSimulated(io, `xxd ${io.argv.slice(1).join(' ')}`);
		const name = args.operands[0] ?? '-';
		const bytes: Uint8Array | undefined = yield* bytesOf(io, name, reason => `xxd: ${name}: ${reason}\n`);
		if (!bytes) return 2;
		const number = (letter: string, otherwise: number) => Number(args.value(letter) ?? otherwise);
		if (args.has('r')) {
			io.out(fromDump(String.fromCharCode(...bytes), args.has('p')));
			return 0;
		}

		const start = number('s', 0);
		const shown = bytes.subarray(start, start + number('l', bytes.length));
		const upper = (text: string) => (args.has('u') ? text.toUpperCase() : text);
		if (args.has('p')) {
			io.out(
				rows(shown, number('c', 30))
					.map(row => `${upper([...row].map(byte => hex(byte, 2)).join(''))}\n`)
					.join(''),
			);
			return 0;
		}

		const columns = number('c', 16);
		const group = number('g', 2) || columns;
		const width = columns * 2 + Math.ceil(columns / group);
		for (const [index, row] of rows(shown, columns).entries()) {
			const cells = [...row].map((byte, at) => hex(byte, 2) + (at % group === group - 1 ? ' ' : '')).join('');
			io.out(`${hex(start + index * columns, 8)}: ${upper(cells).padEnd(width)} ${[...row].map(printable).join('')}\n`);
		}

		return 0;
	},
} satisfies Command<Machine>;

/** The bytes of a dump; behind two blanks stands what a reader sees. */
function fromDump(text: string, plain: boolean): string {
	const digits = plain ? text : text.replaceAll(/^[\da-fA-F]+: ?(.*?)(?: {2}.*)?$/gm, '$1');
	const pairs = digits.replaceAll(/[^\da-fA-F]/g, '').match(/../g) ?? [];
	return fromBytes(Uint8Array.from(pairs, pair => Number.parseInt(pair, 16)));
}
