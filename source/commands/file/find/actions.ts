import {findExecutable} from '../../../node/program/executable.js';
import {FileError} from '../../../os/files.js';
import type {ExecResult} from '../../../shell/command.js';
import {modeText, nameOf} from '../../host/files/ls.js';
import {baseName, type Entry, NotSimulated, quoted, type Test, type Walk} from './entry.js';
import type {Predicate} from './predicate.js';

const act = (does: (entry: Entry, walk: Walk) => unknown): Test =>
	function* (entry, walk) {
		return does(entry, walk) !== false;
	};

/** `-exec CMD {} ;` once for each, `-exec CMD {} +` once for all. */
const exec: Predicate = (words, options, name) => {
	const {words: command, end} = words.until(name, [';', '+']);
	if (end === ';')
		return function* ({shown}, walk) {
			return (
				(yield* ran(
					walk,
					command.map(word => word.replaceAll('{}', () => shown)),
				)) === 0
			);
		};

	const found: string[] = [];
	options.finals.push(function* (walk) {
		if (
			found.length > 0 &&
			(yield* ran(
				walk,
				command.flatMap(word => (word === '{}' ? found : [word])),
			)) !== 0
		)
			walk.status = 1;
	});
	return act(({shown}) => found.push(shown));
};

function* ran(walk: Walk, argv: readonly string[]): Generator<any, number, any> {
	const {io} = walk;
	if ('error' in findExecutable(io.machine.files, argv[0] ?? '', io.cwd, io.env['PATH'])) {
		io.err(`find: ${quoted(io, argv[0] ?? '')}: No such file or directory\n`);
		return 127;
	}

	const {exitCode}: ExecResult = yield {exec: {argv, stream: true, stdin: ''}};
	return exitCode;
}

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', '0': '\0', '\\': '\\', r: '\r', a: '\u0007'};

const fields: Readonly<Record<string, (entry: Entry, walk: Walk) => string>> = {
	'%': () => '%',
	p: ({shown}) => shown,
	f: baseName,
	h: ({shown}) => (shown.includes('/') ? shown.slice(0, shown.lastIndexOf('/')) : '.'),
	P: ({shown, start}) => shown.slice(start.length).replace(/^\//, ''),
	H: ({start}) => start,
	d: ({depth}) => String(depth),
	s: ({stat}) => String(stat.size),
	k: ({stat}) => String(Math.ceil(stat.size / 4096) * 4),
	m: ({stat}) => (stat.mode & 0o7777).toString(8),
	M: ({stat}) => modeText(stat, false),
	y: ({stat}) => ({file: 'f', folder: 'd', symlink: 'l', device: 'c'})[stat.type],
	U: ({stat}) => String(stat.uid),
	G: ({stat}) => String(stat.gid),
	u: ({stat}, {io}) => nameOf(io.machine, '/etc/passwd', false)(stat.uid),
	g: ({stat}, {io}) => nameOf(io.machine, '/etc/group', false)(stat.gid),
	l: ({stat, path}, {io}) => (stat.type === 'symlink' ? io.machine.files.readlink(path) : ''),
};

const printf: Predicate = (words, _, name) => {
	const format = words.next(name);
	const wrong = [...format.matchAll(/%[-0-9.]*(.)/g)].find(([, letter]) => !Object.hasOwn(fields, letter!));
	if (wrong) throw new NotSimulated(`find -printf ${wrong[0]}`);
	return act((entry, walk) => {
		const text = format.replaceAll(/\\(.)|%(-?)(\d*)(.)/g, (whole, sign: string | undefined, left, width, letter) => {
			if (sign !== undefined) return escapes[sign] ?? whole;
			const value = fields[letter as string]!(entry, walk);
			return left ? value.padEnd(Number(width)) : value.padStart(Number(width));
		});
		walk.io.out(text);
	});
};

const missing: Predicate = (_, __, name) => {
	throw new NotSimulated(`find ${name}`);
};

export const actions: Readonly<Record<string, Predicate>> = {
	'-print': () => act(({shown}, {io}) => io.out(`${shown}\n`)),
	'-print0': () => act(({shown}, {io}) => io.out(`${shown}\0`)),
	'-printf': printf,
	'-exec': exec,
	'-prune': () => act((_, walk) => void (walk.pruned = true)),
	'-quit': () => act((_, walk) => void (walk.quit = true)),
	'-delete'(_, options) {
		options.depthFirst = true;
		return act(({path, shown}, walk) => {
			try {
				walk.io.machine.files.remove(path);
				return true;
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				walk.io.err(`find: cannot delete '${shown}': ${error.message}\n`);
				walk.status = 1;
				return false;
			}
		});
	},
	'-ls': missing,
	'-ok': missing,
	'-execdir': missing,
	'-fprint': missing,
};
