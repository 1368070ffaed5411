import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {isBusybox} from '../net-client/flavour.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {isEndless} from '../../shell/run/endless.js';
import {readInput} from './input.js';

const long = {
	'show-all': '=A',
	'number-nonblank': '=b',
	'show-ends': '=E',
	number: '=n',
	'squeeze-blank': '=s',
	'show-tabs': '=T',
	'show-nonprinting': '=v',
} as const;

/** Of /dev/zero, as often as somebody takes them. */
const zeros = '\0'.repeat(65_536);

/** What is carried from one file to the next. */
interface Progress {
	number: number;
	blank: boolean;
	atStart: boolean;
}

export default {
	name: 'cat',
	summary: 'print files one after the other',
	readsLines: true,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'AbeEnstTuv', long});
		if (args.problem) return refuse(io, args.problem);
		const progress: Progress = {number: 0, blank: false, atStart: true};
		const plain = !['A', 'b', 'e', 'E', 'n', 's', 't', 'T', 'v'].some(letter => args.has(letter));
		const show = (text: string) => io.out(plain ? text : decorate(text, args, progress));
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			if (name === '-') yield* copyInput(io, show);
			else if (isEndless(io.path(name)) && name.endsWith('zero') && plain) {
				for (;;) {
					io.out(zeros);
					yield {sleepMs: 0};
				}
			} else {
				const text: string | undefined = yield* readInput(io, name);
				if (text === undefined) status = 1;
				else show(text);
			}
		}

		return status;
	},
} satisfies Command<Machine>;

/** Line by line from a keyboard, all at once from a pipe: it may hold no whole line. */
function* copyInput(io: Io<Machine>, show: (text: string) => void): Generator<any, void, any> {
	if (!io.stdinIsTerminal) {
		const text: string = yield {read: 'all'};
		return show(text ?? io.stdin);
	}

	for (let line: string | undefined = yield {read: 'line'}; line !== undefined; line = yield {read: 'line'}) show(`${line}\n`);
}

function decorate(text: string, args: Arguments, progress: Progress): string {
	const all = args.has('A');
	const ends = all || args.has('E') || args.has('e');
	const hidden = all || args.has('v') || args.has('e') || args.has('t');
	const tabs = all || args.has('T') || args.has('t');
	let result = '';
	for (const piece of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
		const whole = piece.endsWith('\n');
		const line = whole ? piece.slice(0, -1) : piece;
		const blank = line === '' && progress.atStart;
		if (args.has('s') && blank && progress.blank) continue;
		progress.blank = blank;
		if (progress.atStart && (args.has('b') ? !blank : args.has('n'))) result += `${String(++progress.number).padStart(6)}\t`;
		progress.atStart = whole;
		result += (hidden ? visible(line) : line).replace(/\t/g, tabs ? '^I' : '\t') + (whole ? `${ends ? '$' : ''}\n` : '');
	}

	return result;
}

const encoder = new TextEncoder();

/** `^X` and `M-x`. */
const visible = (line: string): string => [...encoder.encode(line)].map(byte => visibleByte(byte)).join('');

function visibleByte(byte: number): string {
	if (byte >= 128) return `M-${visibleByte(byte - 128).replace('\t', '^I')}`;
	if (byte === 9) return '\t';
	return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : byte === 127 ? '^?' : String.fromCharCode(byte);
}

export const tac: Command<Machine> = {
	name: 'tac',
	summary: 'print lines in reverse order',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'br', values: 's', long: {before: '=b', regex: '=r', separator: '=s'}});
		if (args.problem) return refuse(io, args.problem);
		const separator = args.value('s') || '\n';
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const busybox = isBusybox(io.machine, 'tac');
			const text: string | undefined = yield* readInput(io, name, why =>
				why === 'Is a directory'
					? `${name}: read error: Invalid argument`
					: busybox
						? `${name}: ${why}`
						: `failed to open '${name}' for reading: ${why}`,
			);
			if (text === undefined) status = 1;
			else io.out(reversed(text, separator, args.has('b')));
		}

		return status;
	},
};

function reversed(text: string, separator: string, before: boolean): string {
	const parts = text.split(separator);
	const pieces = before
		? parts.map((part, index) => (index === 0 ? part : separator + part))
		: parts.map((part, index) => (index === parts.length - 1 ? part : part + separator));
	return pieces.reverse().join('');
}

export const rev: Command<Machine> = {
	name: 'rev',
	summary: 'reverse the characters of each line',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {});
		if (args.problem) return refuse(io, args.problem);
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const text: string | undefined = yield* readInput(io, name, why =>
				isBusybox(io.machine, 'rev') ? `${name}: ${why}` : `cannot open ${name}: ${why}`,
			);
			if (text === undefined) status = 1;
			else io.out(text.replace(/[^\n]+/g, line => [...line].reverse().join('')));
		}

		return status;
	},
};
