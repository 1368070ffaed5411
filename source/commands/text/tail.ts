import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {fromBytes, toBytes} from '../../shell/run/stream.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';

const long = {
	lines: '=n',
	bytes: '=c',
	follow: 'flag',
	quiet: '=q',
	silent: '=q',
	verbose: '=v',
	retry: 'flag',
	pid: 'value',
	'sleep-interval': '=s',
	'zero-terminated': '=z',
} as const;

const followMs = 1000;
/** What nobody can interrupt ends by itself. */
const followUnattendedMs = 5000;

export default {
	name: 'tail',
	summary: 'print the end of files, and what is added to them',
	*run(io) {
		const args = parseArguments(oldStyle(io.argv.slice(1)), {flags: 'fFqvz', values: 'ncs', long});
		if (args.problem) return refuse(io, args.problem);
		const wrong = (['n', 'c'] as const).find(name => args.has(name) && !/^[-+]?\d+[bkKMG]?$/.test(args.value(name)!));
		if (wrong) {
			io.err(`tail: invalid number of ${wrong === 'n' ? 'lines' : 'bytes'}: ‘${args.value(wrong)}’\n`);
			return 1;
		}

		const names = args.operands.length > 0 ? args.operands : ['-'];
		const titles = new Titles(io, (names.length > 1 && !args.has('q')) || args.has('v'));
		const sizes = new Map<string, number>();
		let status = 0;
		for (const name of names) {
			const text: string | undefined = yield* contentOf(io, name);
			if (text === undefined) status = 1;
			else {
				titles.show(name);
				io.out(ending(text, args));
				if (name !== '-') sizes.set(name, toBytes(text).length);
			}
		}

		const follows = args.has('f') || args.has('F') || args.has('follow');
		if (!follows) return status;
		const waitsFor = args.has('F') || args.has('retry') ? names.filter(name => name !== '-') : [...sizes.keys()];
		if (waitsFor.length > 0) yield* follow(io, waitsFor, sizes, titles);
		else if (status !== 0) io.err('tail: no files remaining\n');
		return status;
	},
} satisfies Command<Machine>;

/** `-5`, `+3`, `-5f` and `-20c` are the old way to write `-n 5`, `-n +3`, `-n 5 -f` and `-c 20`. */
function oldStyle(words: readonly string[]): string[] {
	const [first = '', ...rest] = words;
	const found = /^([-+])(\d+)([lc]?)(f?)$/.exec(first);
	if (!found) return [...words];
	const [, sign, count, unit, follow] = found;
	return [unit === 'c' ? '-c' : '-n', `${sign === '+' ? '+' : ''}${count}`, ...(follow ? ['-f'] : []), ...rest];
}

/** Above each file its name, when there are several. */
class Titles {
	readonly #io: Io;
	readonly #shown: boolean;
	#last: string | undefined;

	constructor(io: Io, shown: boolean) {
		this.#io = io;
		this.#shown = shown;
	}

	show(name: string): void {
		if (!this.#shown || this.#last === name) return;
		this.#io.out(`${this.#last === undefined ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
		this.#last = name;
	}
}

function* contentOf(io: Io<Machine>, name: string): Generator<any, string | undefined, any> {
	if (name === '-') return yield {read: 'all'};
	try {
		return io.machine.files.readText(io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(
			error.code === 'EISDIR'
				? `tail: error reading '${name}': Is a directory\n`
				: `tail: cannot open '${name}' for reading: ${error.message}\n`,
		);
		return undefined;
	}
}

const units: Readonly<Record<string, number>> = {b: 512, k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3};

function ending(text: string, args: Arguments): string {
	const given = args.value('c') ?? args.value('n') ?? '10';
	const count = Number.parseInt(given.replace(/^[-+]/, ''), 10) * (units[given.at(-1)!] ?? 1);
	const fromStart = given.startsWith('+');
	const cut = <T>(length: number, slice: (from: number) => T): T => slice(fromStart ? Math.max(0, count - 1) : Math.max(0, length - count));
	if (args.has('c')) {
		const bytes = toBytes(text);
		return cut(bytes.length, from => fromBytes(bytes.slice(from)));
	}

	const lines = text.match(args.has('z') ? /[^\0]*\0|[^\0]+$/g : /[^\n]*\n|[^\n]+$/g) ?? [];
	return cut(lines.length, from => lines.slice(from).join(''));
}

/** Looks once a second what has been added. */
function* follow(io: Io<Machine>, names: readonly string[], sizes: Map<string, number>, titles: Titles): Generator<any, void, any> {
	const {clock} = io.machine.sim;
	const end = io.unattended ? clock.now() + followUnattendedMs : Number.POSITIVE_INFINITY;
	while (clock.now() < end) {
		yield {sleepMs: followMs};
		for (const name of names) added(io, name, sizes, titles);
	}
}

function added(io: Io<Machine>, name: string, sizes: Map<string, number>, titles: Titles): void {
	const path = io.path(name);
	const {files} = io.machine;
	if (!files.exists(path)) return;
	const known = sizes.get(name);
	const bytes = files.readBytes(path);
	if (known === undefined) io.err(`tail: '${name}' has appeared;  following new file\n`);
	else if (bytes.length < known) io.err(`tail: ${name}: file truncated\n`);
	const from = known === undefined || bytes.length < known ? 0 : known;
	sizes.set(name, bytes.length);
	if (bytes.length === from) return;
	titles.show(name);
	io.out(fromBytes(bytes.slice(from)));
}
