import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {RegexError} from '../../../regex/regex-error.js';
import {type Arguments, notSimulated} from '../../host/arguments.js';
import {type Target, targets} from './files.js';
import {lines, readArguments} from './options.js';
import {Patterns, type Syntax} from './pattern.js';
import {foundText, type PrintOptions} from './print.js';
import {type Found, Search, type SearchOptions} from './search.js';

const usage = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";
const trouble = 2;

export default {
	name: 'grep',
	aliases: ['egrep', 'fgrep'],
	summary: 'print the lines that match',
	readsLines: true,
	*run(io) {
		const args = readArguments(io.argv.slice(1));
		if (args.problem) return fail(io, `${args.problem}\n${usage}`);
		if (args.has('V')) io.out('grep (GNU grep) 3.6\n');
		else if (args.has('help')) io.out(usage);
		if (args.has('V') || args.has('help')) return 0;
		const unknown = (['exclude-from', 'D', 'U'] as const).find(name => args.has(name));
		if (unknown) return notSimulated(io, `grep --${unknown}`);
		const wrong = (['A', 'B', 'C', 'm'] as const).map(letter => lines(args, letter)).find(value => typeof value === 'string');
		if (wrong) return fail(io, `${wrong}\n`);
		const operands = [...args.operands];
		try {
			const texts = patternTexts(io, args) ?? (operands.length > 0 ? operands.shift()!.split('\n') : undefined);
			if (!texts) {
				io.err(usage);
				return trouble;
			}

			return yield* new Grep(io, args, new Patterns(texts, patternOptions(io, args))).run(operands);
		} catch (error) {
			if (error instanceof RegexError) return fail(io, `${error.message}\n`);
			if (error instanceof SyntaxError) return fail(io, `${error.message.replace(/^.*: /s, '')}\n`);
			throw error;
		}
	},
} satisfies Command<Machine>;

function fail(io: Io, text: string): number {
	io.err(`grep: ${text}`);
	return trouble;
}

/** Patterns of -e and -f; undefined when neither is there. */
function patternTexts(io: Io<Machine>, args: Arguments): string[] | undefined {
	if (!args.has('e') && !args.has('f')) return undefined;
	const inFiles = args.all('f').flatMap(name => {
		try {
			const text = name === '-' ? io.stdin : io.machine.files.readText(io.path(name));
			return text === '' ? [] : text.replace(/\n$/, '').split('\n');
		} catch (error) {
			throw error instanceof FileError ? new RegexError(`${name}: ${error.message}`) : error;
		}
	});
	return [...args.all('e').flatMap(text => text.split('\n')), ...inFiles];
}

function patternOptions(io: Io, args: Arguments) {
	const syntax: Syntax =
		args.has('F') || io.argv[0] === 'fgrep'
			? 'fixed'
			: args.has('P')
				? 'perl'
				: args.has('E') || io.argv[0] === 'egrep'
					? 'extended'
					: 'basic';
	return {syntax, ignoreCase: args.has('i') || args.has('y'), wholeWords: args.has('w'), wholeLines: args.has('x')};
}

class Grep {
	readonly #io: Io<Machine>;
	readonly #args: Arguments;
	readonly #search: SearchOptions;
	readonly #print: Omit<PrintOptions, 'names'>;
	/** Only counts or names are wanted. */
	readonly #silent: boolean;
	#selected = false;
	#failed = false;

	constructor(io: Io<Machine>, args: Arguments, patterns: Patterns) {
		this.#io = io;
		this.#args = args;
		const around = lines(args, 'C') as number | undefined;
		this.#silent = ['c', 'l', 'L', 'q'].some(letter => args.has(letter));
		this.#search = {
			patterns,
			invert: args.has('v'),
			offsets: args.has('b'),
			onlyMatching: args.has('o'),
			before: this.#silent ? 0 : ((lines(args, 'B') ?? around ?? 0) as number),
			after: this.#silent ? 0 : ((lines(args, 'A') ?? around ?? 0) as number),
			most: (lines(args, 'm') as number | undefined) ?? (args.has('l') || args.has('q') ? 1 : Number.POSITIVE_INFINITY),
			separator: args.has('no-group-separator') ? undefined : (args.value('group-separator') ?? '--'),
		};
		const colour = args.value('color') ?? args.value('colour');
		const paints = colour === 'always' || ((colour === '' || colour === 'auto') && io.stdoutIsTerminal);
		this.#print = {
			numbers: args.has('n'),
			offsets: args.has('b'),
			tab: args.has('T'),
			nul: args.has('Z'),
			end: args.has('z') ? '\0' : '\n',
			paint: paints && !args.has('v') ? patterns : undefined,
		};
	}

	*run(operands: readonly string[]): Run {
		const args = this.#args;
		const recursive = args.has('r') || args.has('R') || args.value('d') === 'recurse';
		const all = targets(this.#io, args, operands, recursive);
		const names = args.has('H') || (!args.has('h') && (operands.length > 1 || recursive));
		for (const target of all) {
			yield* this.#file(target, names);
			if (args.has('q') && this.#selected) return 0;
		}

		return this.#failed ? trouble : this.#selected ? 0 : 1;
	}

	*#file(target: Target, names: boolean): Generator<any, void, any> {
		const name = target.path === undefined ? (this.#args.value('label') ?? '(standard input)') : target.name;
		let text: string | undefined;
		if (target.path !== undefined) {
			text = this.#read(target.name, target.path);
			if (text === undefined) return;
		}

		const end = this.#print.end;
		const binary = !this.#args.has('a') && this.#args.value('binary-files') !== 'text' && end === '\n' && text?.includes('\0');
		let seen = binary ?? false;
		const print = (found: Found | string) => {
			if (!this.#silent && !seen) this.#io.out(foundText(name, found, {...this.#print, names}));
		};
		const search = new Search(this.#search, print, this.#selected);
		if (text !== undefined) look(search, text, end);
		else {
			for (let line: string | undefined = yield {read: 'line'}; line !== undefined; line = yield {read: 'line'}) {
				seen ||= line.includes('\0') && !this.#args.has('a');
				search.look(line);
				if (search.done) break;
			}
		}

		this.#conclude(name, search.count, names, seen);
	}

	#conclude(name: string, count: number, names: boolean, binary: boolean): void {
		const args = this.#args;
		const found = args.has('L') ? count === 0 : count > 0;
		this.#selected ||= found;
		if (args.has('q')) return;
		const end = args.has('Z') ? '\0' : '\n';
		if (args.has('l') || args.has('L')) {
			if (found) this.#io.out(name + end);
		} else if (args.has('c')) this.#io.out(`${names ? name + (args.has('Z') ? '\0' : ':') : ''}${count}\n`);
		else if (binary && count > 0) this.#io.err(`grep: ${name}: binary file matches\n`);
	}

	/** Undefined when it cannot be read; that is said unless -s. */
	#read(name: string, path: string): string | undefined {
		try {
			return this.#io.machine.files.readText(path);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			if (error.code === 'EISDIR' && this.#args.value('d') === 'skip') return undefined;
			if (!this.#args.has('s')) this.#io.err(`grep: ${name}: ${error.message}\n`);
			this.#failed = true;
			return undefined;
		}
	}
}

function look(search: Search, text: string, end: string): void {
	const all = text.split(end);
	if (all.at(-1) === '') all.pop();
	for (const line of all) {
		search.look(line);
		if (search.done) return;
	}
}
