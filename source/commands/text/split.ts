import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command} from '../../shell/command.js';
import {toBytes} from '../../shell/run/stream.js';
import {notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {byteCount} from '../host/files/byte-count.js';
import {readInput} from './input.js';

const long = {
	lines: '=l',
	bytes: '=b',
	'line-bytes': '=C',
	number: '=n',
	'suffix-length': '=a',
	'numeric-suffixes': '=d',
	'additional-suffix': 'value',
	verbose: 'flag',
	filter: 'value',
} as const;

export default {
	name: 'split',
	summary: 'cut a file into pieces',
	*run(io) {
		const words = io.argv.slice(1).map(word => (/^-\d+$/.test(word) ? `-l${word.slice(1)}` : word));
		const args = parseArguments(words, {flags: 'dx', values: 'lbCna', long});
		if (args.problem) return refuse(io, args.problem);
		for (const name of ['C', 'x', 'filter']) if (args.has(name)) return notSimulated(io, `split ${name.length > 1 ? '--' : '-'}${name}`);
		const [name = '-', prefix = 'x', extra] = args.operands;
		if (extra !== undefined) return refuse(io, `extra operand ‘${extra}’`);
		const text: string | undefined = yield* readInput(io, name, message => `cannot open '${name}' for reading: ${message}`);
		if (text === undefined) return 1;
		const size = byteCount(args.value('b') ?? args.value('n') ?? args.value('l') ?? '1000');
		if (!size) {
			const [kind, value] = args.has('b')
				? ['bytes', args.value('b')]
				: args.has('n')
					? ['chunks', args.value('n')]
					: ['lines', args.value('l')];
			if (args.has('n') && /^[lr]\//.test(value ?? '')) return notSimulated(io, `split -n ${value}`);
			io.err(`split: invalid number of ${kind}: ‘${value}’${size === 0 ? ': Numerical result out of range' : ''}\n`);
			return 1;
		}

		const pieces = args.has('b') || args.has('n') ? byBytes(text, size, args.has('n')) : byLines(text, size);
		const width = Number(args.value('a') ?? 2);
		for (const [index, piece] of pieces.entries()) {
			const suffix = suffixOf(index, width, args.has('d'));
			if (suffix === undefined) {
				io.err('split: output file suffixes exhausted\n');
				return 1;
			}

			const target = `${prefix}${suffix}${args.value('additional-suffix') ?? ''}`;
			if (args.has('verbose')) io.out(`creating file '${target}'\n`);
			try {
				io.machine.files.write(io.path(target), toBytes(piece));
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(`split: ${target}: ${error.message}\n`);
				return 1;
			}
		}

		return 0;
	},
} satisfies Command<Machine>;

/** Bytes travel as characters. */
function byBytes(text: string, size: number, chunks: boolean): string[] {
	const length = chunks ? Math.max(1, Math.floor(text.length / size)) : size;
	const count = chunks ? size : Math.ceil(text.length / length);
	return Array.from({length: count}, (_, at) => text.slice(at * length, chunks && at === count - 1 ? undefined : (at + 1) * length));
}

function byLines(text: string, count: number): string[] {
	const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
	return Array.from({length: Math.ceil(lines.length / count)}, (_, at) => lines.slice(at * count, (at + 1) * count).join(''));
}

function suffixOf(index: number, width: number, digits: boolean): string | undefined {
	const base = digits ? 10 : 26;
	let text = '';
	let rest = index;
	for (let at = 0; at < width; at++) {
		text = (digits ? String(rest % 10) : String.fromCharCode(97 + (rest % 26))) + text;
		rest = Math.floor(rest / base);
	}

	return rest > 0 ? undefined : text;
}
