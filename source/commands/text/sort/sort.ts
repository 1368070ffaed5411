import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {type Arguments, notSimulated, parseArguments, refuse} from '../../host/arguments.js';
import {isBusybox} from '../../net-client/flavour.js';
import {byBytes, type Compare, orderOf} from '../collate.js';
import {linesOf, standardInput} from '../input.js';
import {KeyError, keyLetters, type Letter, parseKey} from './key.js';
import {comparator, type Ordering} from './order.js';

const failed = 2;
const kinds: Readonly<Record<string, string>> = {
	'general-numeric': 'g',
	'human-numeric': 'h',
	month: 'M',
	numeric: 'n',
	random: 'R',
	version: 'V',
};
const long = {
	'ignore-leading-blanks': '=b',
	'dictionary-order': '=d',
	'ignore-case': '=f',
	'general-numeric-sort': '=g',
	'ignore-nonprinting': '=i',
	'month-sort': '=M',
	'human-numeric-sort': '=h',
	'numeric-sort': '=n',
	'random-sort': '=R',
	'random-source': 'value',
	reverse: '=r',
	sort: 'value',
	'version-sort': '=V',
	'batch-size': 'value',
	check: 'flag',
	'compress-program': 'value',
	debug: 'flag',
	'files0-from': 'value',
	key: '=k',
	merge: '=m',
	output: '=o',
	stable: '=s',
	'buffer-size': '=S',
	'field-separator': '=t',
	'temporary-directory': '=T',
	parallel: 'value',
	unique: '=u',
	'zero-terminated': '=z',
} as const;

export default {
	name: 'sort',
	summary: 'sort lines',
	*run(io) {
		// `+1` is the old way to write `-k 2`.
		const words = io.argv.slice(1).map(word => (/^\+\d+$/.test(word) ? `-k${Number(word.slice(1)) + 1}` : word));
		const args = parseArguments(words, {flags: 'bcCdfghiMmnRrsuVz', values: 'koStT', long});
		if (args.problem) return refuse(io, args.problem, failed);
		if (args.has('debug') || args.has('files0-from')) return notSimulated(io, `sort --${args.has('debug') ? 'debug' : 'files0-from'}`);
		const ordering = orderingOf(io, args);
		if (typeof ordering === 'string') {
			io.err(`sort: ${ordering}\n`);
			return ordering.startsWith('invalid argument') ? 1 : failed;
		}

		const names = args.operands.length > 0 ? args.operands : ['-'];
		const end = args.has('z') ? '\0' : '\n';
		const texts: string[][] = [];
		for (const name of names) {
			const text: string | undefined = yield* read(io, name);
			if (text === undefined) return failed;
			texts.push(linesOf(text, end));
		}

		const {lines, keys} = comparator(ordering);
		const checks = args.has('c') || args.has('C') || args.has('check');
		if (checks) {
			if (names.length > 1) {
				io.err(`sort: extra operand '${names[1]}' not allowed with -${args.has('C') ? 'C' : 'c'}\n`);
				return failed;
			}

			return check(io, args, names[0]!, texts[0]!, args.has('u') ? (a, b) => keys(a, b) || 1 : lines);
		}

		const sorted = args.has('m') ? merge(texts, lines) : texts.flat().sort(lines);
		const kept = args.has('u') ? sorted.filter((line, index) => index === 0 || keys(sorted[index - 1]!, line) !== 0) : sorted;
		return write(io, args.value('o'), kept.map(line => line + end).join(''));
	},
} satisfies Command<Machine>;

/** What the options ask for, or what is wrong with them. */
function orderingOf(io: Io<Machine>, args: Arguments): Ordering | string {
	const letters = new Set<Letter>();
	for (const letter of keyLetters as Iterable<Letter>) if (args.has(letter)) letters.add(letter);
	const named = args.value('sort');
	if (named !== undefined) {
		if (!Object.hasOwn(kinds, named))
			return `invalid argument ‘${named}’ for ‘--sort’\nValid arguments are:\n${Object.keys(kinds)
				.map(kind => `  - ‘${kind}’\n`)
				.join('')}Try 'sort --help' for more information.`;
		letters.add(kinds[named] as Letter);
	}

	const clash = clashOf(letters);
	if (clash) return clash;
	const tab = args.value('t');
	if (tab === '') return 'empty tab';
	if (tab !== undefined && tab !== '\\0' && [...tab].length > 1) return `multi-character tab ‘${tab}’`;
	const salt = letters.has('R') || args.all('k').some(key => key.includes('R')) ? io.machine.sim.random.fork('sort').int(2 ** 31) : 0;
	try {
		return {
			keys: args.all('k').map(parseKey),
			letters,
			...(tab !== undefined && {tab: tab === '\\0' ? '\0' : tab}),
			unique: args.has('u'),
			stable: args.has('s'),
			text: isBusybox(io.machine, 'sort') ? byBytes : orderOf(io.env),
			shuffle: text => hash(text, salt),
		};
	} catch (error) {
		if (!(error instanceof KeyError)) throw error;
		return error.message;
	}
}

/** Only one of them can be meant. */
function clashOf(letters: ReadonlySet<Letter>): string | undefined {
	const clashing = [...'ghMnRV'].filter(letter => letters.has(letter as Letter));
	const limiting = [...'di'].filter(letter => letters.has(letter as Letter) && !letters.has('R'));
	const clash = clashing.length + Math.min(1, limiting.length) > 1 ? [...clashing, ...limiting] : [];
	return clash.length > 0 ? `options '-${[...'dghiMnRV'].filter(letter => clash.includes(letter)).join('')}' are incompatible` : undefined;
}

function hash(text: string, salt: number): number {
	let value = 0x811c9dc5 ^ salt;
	for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	return value >>> 0;
}

function* read(io: Io<Machine>, name: string): Generator<any, string | undefined, any> {
	if (name === '-') return yield* standardInput(io);
	try {
		return io.machine.files.readText(io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		const words = isBusybox(io.machine, 'sort') ? '' : error.code === 'EISDIR' ? 'read failed: ' : 'cannot read: ';
		io.err(`sort: ${words}${name}: ${error.message}\n`);
		return undefined;
	}
}

function check(io: Io<Machine>, args: Arguments, name: string, lines: readonly string[], compare: Compare): number {
	const at = lines.findIndex((line, index) => index > 0 && compare(lines[index - 1]!, line) > 0);
	if (at === -1) return 0;
	if (!args.has('C') && !/^(?:quiet|silent)$/.test(args.value('check') ?? '')) io.err(`sort: ${name}:${at + 1}: disorder: ${lines[at]}\n`);
	return 1;
}

/** Takes the least of the first lines again and again: what was not sorted stays so. */
function merge(texts: readonly string[][], compare: Compare): string[] {
	const places = texts.map(() => 0);
	const result: string[] = [];
	for (;;) {
		let least = -1;
		for (const [index, lines] of texts.entries()) {
			const line = lines[places[index]!];
			if (line !== undefined && (least === -1 || compare(line, texts[least]![places[least]!]!) < 0)) least = index;
		}

		if (least === -1) return result;
		result.push(texts[least]![places[least]!]!);
		places[least]!++;
	}
}

function write(io: Io<Machine>, name: string | undefined, text: string): number {
	if (name === undefined) {
		io.out(text);
		return 0;
	}

	try {
		io.machine.files.write(io.path(name), text);
		return 0;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`sort: open failed: ${name}: ${error.message}\n`);
		return failed;
	}
}
