import {nameOf} from '../../host/files/ls.js';
import {baseName, type Entry, ExpressionError, type Test, type Walk} from './entry.js';
import type {Predicate} from './predicate.js';
import {byRegex, lacking, newerThanDate} from './regex.js';

const types: Readonly<Record<string, string>> = {f: 'file', d: 'folder', l: 'symlink', c: 'device', b: 'block', p: 'fifo', s: 'socket'};

const check = (holds: (entry: Entry, walk: Walk) => boolean): Test =>
	function* (entry, walk) {
		return holds(entry, walk);
	};

/** fnmatch without flags: a star crosses slashes and leading points. */
function pattern(text: string, flags = ''): RegExp {
	const source = text.replaceAll(/\[!?(?:\]|[^\]])[^\]]*\]|\\.|[\s\S]/g, piece => {
		if (piece === '*') return '[^]*';
		if (piece === '?') return '[^]';
		if (piece.length > 2 && piece.startsWith('[')) return `[${piece.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
		return piece.replace(/^\\(?=.)/, '').replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
	});
	return new RegExp(`^${source}$`, flags);
}

const matching =
	(what: (entry: Entry) => string, flags = ''): Predicate =>
	(words, _, name) => {
		const expected = pattern(words.next(name), flags);
		return check(entry => expected.test(what(entry)));
	};

/** `+N` is more, `-N` less, `N` just that. */
function compared(text: string, name: string): (value: number) => boolean {
	const [, sign = '', digits] = /^([+-]?)(\d+(?:\.\d+)?)$/.exec(text) ?? [];
	if (digits === undefined) throw new ExpressionError(`invalid argument \`${text}' to \`${name}'`);
	const number = Number(digits);
	return value => (sign === '+' ? value > number : sign === '-' ? value < number : value === number);
}

const older =
	(unitMs: number, rounded = true): Predicate =>
	(words, _, name) => {
		const holds = compared(words.next(name), name);
		return check(({stat}, {nowMs}) =>
			holds(rounded ? Math.floor((nowMs - stat.mtimeMs) / unitMs) : Math.ceil((nowMs - stat.mtimeMs) / unitMs)),
		);
	};

const units: Readonly<Record<string, number>> = {b: 512, c: 1, w: 2, k: 1024, M: 1_048_576, G: 1_073_741_824};

const owned =
	(field: 'uid' | 'gid', table: string): Predicate =>
	(words, _, name) => {
		const wanted = words.next(name);
		return check(({stat}, {io}) => String(stat[field]) === wanted || nameOf(io.machine, table, false)(stat[field]) === wanted);
	};

export const tests: Readonly<Record<string, Predicate>> = {
	'-true': () => check(() => true),
	'-false': () => check(() => false),
	'-name': matching(baseName),
	'-iname': matching(baseName, 'i'),
	'-path': matching(({shown}) => shown),
	'-wholename': matching(({shown}) => shown),
	'-ipath': matching(({shown}) => shown, 'i'),
	'-type'(words, _, name) {
		const letters = words.next(name).split(',');
		const wrong = letters.find(letter => !Object.hasOwn(types, letter));
		if (wrong !== undefined) throw new ExpressionError(`Unknown argument to -type: ${wrong}`);
		return check(({stat}) => letters.some(letter => types[letter] === stat.type));
	},
	'-empty': () =>
		check(({stat, path}, {io}) =>
			stat.type === 'folder' ? io.machine.files.list(path).length === 0 : stat.type === 'file' && stat.size === 0,
		),
	'-size'(words, _, name) {
		const text = words.next(name);
		const unit = units[/[bcwkMG]$/.exec(text)?.[0] ?? 'b']!;
		const holds = compared(text.replace(/[bcwkMG]$/, ''), name);
		return check(({stat}) => holds(Math.ceil(stat.size / unit)));
	},
	'-perm'(words, _, name) {
		const text = words.next(name);
		const [, how = '', digits] = /^([-/]?)([0-7]+)$/.exec(text) ?? [];
		if (digits === undefined) throw new ExpressionError(`invalid mode ‘${text}’`);
		const bits = Number.parseInt(digits, 8);
		return check(({stat}) => {
			const mode = stat.mode & 0o7777;
			return how === '-' ? (mode & bits) === bits : how === '/' ? bits === 0 || (mode & bits) !== 0 : mode === bits;
		});
	},
	'-mtime': older(86_400_000),
	'-mmin': older(60_000, false),
	'-newer'(words, _, name) {
		const other = words.next(name);
		return check(({stat}, {io}) => stat.mtimeMs > io.machine.files.stat(io.path(other)).mtimeMs);
	},
	'-user': owned('uid', '/etc/passwd'),
	'-uid': owned('uid', '/etc/passwd'),
	'-group': owned('gid', '/etc/group'),
	'-gid': owned('gid', '/etc/group'),
	'-regex': byRegex(false),
	'-iregex': byRegex(true),
	'-newermt': newerThanDate,
	'-readable': () => check(() => true),
	'-writable': () => check(() => true),
	'-executable': () => check(({stat}) => stat.type === 'folder' || (stat.mode & 0o111) !== 0),
	...lacking,
};
