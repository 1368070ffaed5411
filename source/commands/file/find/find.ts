import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import {join} from '../../../os/layer.js';
import type {Command, Io} from '../../../shell/command.js';
import {notSimulated} from '../../host/arguments.js';
import {isBusybox} from '../../net-client/flavour.js';
import {type Entry, ExpressionError, NotSimulated, type Options, quoted, type Test, type Walk} from './entry.js';
import {parseExpression} from './parse.js';

export default {
	name: 'find',
	summary: 'search for files in a folder hierarchy',
	*run(io) {
		const words = io.argv.slice(1);
		const options: Options = {
			minDepth: 0,
			maxDepth: Number.POSITIVE_INFINITY,
			depthFirst: false,
			follow: false,
			regexType: 'emacs',
			acts: false,
			finals: [],
		};
		while (/^-[HLP]$/.test(words[0] ?? '')) options.follow = words.shift() === '-L';
		const first = words.findIndex(word => /^-.|^[!()]$/.test(word));
		const starts = first === -1 ? words : words.slice(0, first);
		const busybox = isBusybox(io.machine, 'find');
		let test: Test;
		try {
			const unknown = (word: string) => (busybox ? `unrecognized: ${word}` : `unknown predicate \`${word}'`);
			test = parseExpression(first === -1 ? [] : words.slice(first), options, unknown);
		} catch (error) {
			if (error instanceof NotSimulated) return notSimulated(io, error.message);
			if (!(error instanceof ExpressionError)) throw error;
			io.err(`find: ${busybox ? error.message.replace(/^missing argument to `(.*)'$/, '$1 requires an argument') : error.message}\n`);
			return 1;
		}

		const walk: Walk = {io, nowMs: io.machine.sim.clock.now(), status: 0, pruned: false, quit: false};
		try {
			for (const start of starts.length > 0 ? starts : ['.']) yield* visit({io, options, test, walk, start}, start, io.path(start), 0);
			for (const final of options.finals) yield* final(walk);
		} catch (error) {
			// What a test compares with is not there.
			complain(io, walk, (error as FileError).path, error);
		}

		return walk.status;
	},
} satisfies Command<Machine>;

interface Search {
	readonly io: Io<Machine>;
	readonly options: Options;
	readonly test: Test;
	readonly walk: Walk;
	readonly start: string;
}

function* visit(search: Search, shown: string, path: string, depth: number): Generator<any, void, any> {
	const {options, walk} = search;
	if (walk.quit) return;
	search.io.spend?.();
	const entry = look(search, shown, path, depth);
	if (!entry) return;
	walk.pruned = false;
	const here = depth >= options.minDepth;
	if (here && !options.depthFirst) yield* judge(search, entry);
	if (entry.stat.type === 'folder' && depth < options.maxDepth && !(walk.pruned && !options.depthFirst)) {
		const below = shown.endsWith('/') ? shown : `${shown}/`;
		for (const name of namesIn(search, path, shown)) yield* visit(search, `${below}${name}`, join(path, name), depth + 1);
	}

	if (here && options.depthFirst && !walk.quit) yield* judge(search, entry);
}

function* judge({io, options, test, walk}: Search, entry: Entry): Generator<any, void, any> {
	if ((yield* test(entry, walk)) && !options.acts) io.out(`${entry.shown}\n`);
}

function look({io, options, walk, start}: Search, shown: string, path: string, depth: number): Entry | undefined {
	const {files} = io.machine;
	try {
		const follow = options.follow && files.exists(path);
		return {shown, path, start, depth, stat: follow ? files.stat(path) : files.lstat(path)};
	} catch (error) {
		complain(io, walk, shown, error);
		return undefined;
	}
}

function namesIn({io, walk}: Search, path: string, shown: string): readonly string[] {
	try {
		return io.machine.files.list(path);
	} catch (error) {
		complain(io, walk, shown, error);
		return [];
	}
}

function complain(io: Io<Machine>, walk: Walk, shown: string, error: unknown): void {
	if (!(error instanceof FileError)) throw error;
	io.err(`find: ${quoted(io, shown)}: ${error.message}\n`);
	walk.status = 1;
}
