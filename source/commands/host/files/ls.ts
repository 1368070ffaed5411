import type {Machine} from '../../../node/host/machine.js';
import {FileError, type FileStat} from '../../../os/files.js';
import {normalise} from '../../../os/layer.js';
import type {Command, Io} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {type Arguments, parseArguments, refuse} from '../arguments.js';
import {toColumns} from './columns.js';
import {strftime} from '../../../sim/strftime.js';

interface Entry {
	readonly name: string;
	readonly path: string;
	readonly stat: FileStat;
}

const halfYearMs = 15_778_476_000;

export default {
	name: 'ls',
	aliases: ['dir', 'vdir'],
	summary: 'list files',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'aA1ldhirRStuUcCFgGnopqsxZLHN',
			values: 'Iw',
			long: {
				all: '=a',
				'almost-all': '=A',
				directory: '=d',
				'human-readable': '=h',
				recursive: '=R',
				reverse: '=r',
				classify: '=F',
				color: 'flag',
				inode: '=i',
				size: '=s',
				width: '=w',
				'full-time': 'flag',
				'time-style': 'value',
				sort: 'value',
				'group-directories-first': 'flag',
				'no-group': '=G',
				'numeric-uid-gid': '=n',
			},
		});
		if (args.problem) return refuse(io, args.problem, 2);
		const words = args.operands.length > 0 ? args.operands : ['.'];
		const files: Entry[] = [];
		const folders: Entry[] = [];
		let status = 0;
		for (const word of words) {
			try {
				const path = io.path(word);
				const stat = statOf(io, path, args.has('L') || args.has('H') || !['l', 'd', 'F'].some(letter => args.has(letter)));
				(stat.type === 'folder' && !args.has('d') ? folders : files).push({name: word, path, stat});
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				const busybox = isBusybox(io.machine, 'ls');
				io.err(busybox ? `ls: ${word}: ${error.message}\n` : `ls: cannot access '${word}': ${error.message}\n`);
				status = busybox ? 1 : 2;
			}
		}

		show(io, args, sort(io, args, files));
		const many = words.length > 1 || args.has('R');
		for (const [index, folder] of sort(io, args, folders).entries()) {
			if (!listFolder(io, args, folder, many, index > 0 || files.length > 0)) status = isBusybox(io.machine, 'ls') ? 1 : 2;
		}

		return status;
	},
} satisfies Command<Machine>;

/** A link that leads nowhere is shown itself. */
function statOf({machine: {files}}: Io<Machine>, path: string, follow: boolean): FileStat {
	const link = files.lstat(path);
	return link.type === 'symlink' && follow && files.exists(path) ? files.stat(path) : link;
}

function listFolder(io: Io<Machine>, args: Arguments, folder: Entry, titled: boolean, gap: boolean): boolean {
	const {files} = io.machine;
	if (gap) io.out('\n');
	if (titled) io.out(`${folder.name}:\n`);
	const entry = (name: string): Entry => {
		const path = folder.path === '/' ? `/${name}` : `${folder.path}/${name}`;
		return {name, path, stat: statOf(io, path, args.has('L'))};
	};
	let entries: Entry[];
	try {
		entries = files
			.list(folder.path)
			.filter(name => args.has('a') || args.has('A') || !name.startsWith('.'))
			.map(entry);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`ls: ${isBusybox(io.machine, 'ls') ? "can't open" : 'cannot open directory'} '${folder.name}': ${error.message}\n`);
		return false;
	}

	if (args.has('a')) {
		const path = normalise(`${folder.path}/..`);
		entries.unshift({...folder, name: '.'}, {name: '..', path, stat: files.stat(path)});
	}

	const sorted = sort(io, args, entries);
	if (args.has('l') || args.has('s')) io.out(`total ${sorted.reduce((sum, {stat}) => sum + blocks(stat), 0)}\n`);
	show(io, args, sorted);
	if (!args.has('R')) return true;
	for (const each of sorted) {
		if (each.stat.type === 'folder' && each.name !== '.' && each.name !== '..')
			listFolder(io, args, {...each, name: `${folder.name}/${each.name}`}, true, true);
	}

	return true;
}

const blocks = ({type, size}: FileStat) => (type === 'folder' || type === 'symlink' || type === 'device' ? 0 : Math.ceil(size / 4096) * 4);

function sort({env}: Io<Machine>, args: Arguments, entries: readonly Entry[]): Entry[] {
	const order = [...entries];
	// Containers have no locale: their order is that of the bytes.
	const plain = !/\w/.test(env['LC_ALL'] ?? env['LC_COLLATE'] ?? env['LANG'] ?? '');
	// The collation of en_US.UTF-8 looks past case and punctuation first.
	const key = (name: string) => (name === '.' ? '\u0000' : name === '..' ? '\u0001' : name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase());
	const byName = (a: Entry, b: Entry) =>
		plain ? compare(a.name, b.name) : compare(key(a.name), key(b.name)) || a.name.length - b.name.length || compare(b.name, a.name);
	if (!args.has('U'))
		order.sort((a, b) => (args.has('t') ? b.stat.mtimeMs - a.stat.mtimeMs : args.has('S') ? b.stat.size - a.stat.size : 0) || byName(a, b));
	if (args.has('group-directories-first')) order.sort((a, b) => Number(b.stat.type === 'folder') - Number(a.stat.type === 'folder'));
	return args.has('r') ? order.reverse() : order;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function show(io: Io<Machine>, args: Arguments, entries: readonly Entry[]) {
	if (entries.length === 0) return;
	const coloured = args.has('color') && args.value('color') !== 'never' && (args.value('color') === 'always' || io.stdoutIsTerminal);
	const name = (entry: Entry) => paint(entry, coloured) + (args.has('F') || args.has('p') ? mark(entry, args.has('F')) : '');
	if (args.has('l') || args.has('n') || args.has('o') || args.has('g')) return long(io, args, entries, name);
	if (args.has('1') || (!io.stdoutIsTerminal && !args.has('C'))) return io.out(entries.map(entry => `${name(entry)}\n`).join(''));
	io.out(
		toColumns(
			entries.map(entry => ({text: name(entry), width: [...entry.name].length + (args.has('F') ? mark(entry, true).length : 0)})),
			Number(args.value('w') ?? io.columns),
		),
	);
}

const mark = ({stat}: Entry, all: boolean) =>
	stat.type === 'folder' ? '/' : all && stat.type === 'symlink' ? '@' : all && (stat.mode & 0o111) !== 0 ? '*' : '';

function paint({name, stat}: Entry, coloured: boolean): string {
	const colour = {folder: '01;34', symlink: '01;36', device: '40;33;01', file: (stat.mode & 0o111) !== 0 ? '01;32' : ''}[stat.type];
	return coloured && colour ? `\u001b[${colour}m${name}\u001b[0m` : name;
}

function long(io: Io<Machine>, args: Arguments, entries: readonly Entry[], name: (entry: Entry) => string) {
	const now = io.machine.sim.clock.now();
	const owner = nameOf(io.machine, '/etc/passwd', args.has('n'));
	const group = nameOf(io.machine, '/etc/group', args.has('n'));
	const rows = entries.map(entry => {
		const {stat, path} = entry;
		const size = args.has('h') ? humanSize(stat.size) : String(stat.size);
		const recent = now - stat.mtimeMs < halfYearMs && stat.mtimeMs <= now + 3_600_000;
		const time = strftime(args.has('full-time') ? '%F %T.000000000 +0000' : recent ? '%b %e %H:%M' : '%b %e  %Y', stat.mtimeMs);
		const target = stat.type === 'symlink' ? ` -> ${io.machine.files.readlink(path)}` : '';
		const links = stat.type === 'folder' ? 2 + folderCount(io.machine, path) : 1;
		return [
			modeText(stat, io.machine.kind === 'host'),
			String(links),
			...(args.has('g') ? [] : [owner(stat.uid)]),
			...(args.has('o') || args.has('G') ? [] : [group(stat.gid)]),
			size,
			time,
			name(entry) + target,
		];
	});
	if (isBusybox(io.machine, 'ls')) {
		// Fixed columns, whatever is in them.
		for (const [mode = '', links = '', ...rest] of rows) {
			const [size = '', time = '', label = ''] = rest.slice(-3);
			const owners = rest.slice(0, -3).map(owner => owner.slice(0, 8).padEnd(8));
			io.out(`${[mode, links.padStart(4), ...owners, size.padStart(9), time, label].join(' ')}\n`);
		}

		return;
	}

	const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
	const last = rows[0]!.length - 1;
	const rightAligned = new Set([1, last - 2]);
	for (const row of rows) {
		io.out(
			`${row.map((cell, column) => (column === last ? cell : rightAligned.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join(' ')}\n`,
		);
	}
}

function folderCount({files}: Machine, path: string): number {
	try {
		return files.list(path).filter(name => files.lstat(path === '/' ? `/${name}` : `${path}/${name}`).type === 'folder').length;
	} catch {
		return 0;
	}
}

export function modeText({type, mode}: FileStat, labelled = true): string {
	const kind = {file: '-', folder: 'd', symlink: 'l', device: 'c'}[type];
	const bits = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
	if (mode & 0o1000) bits[8] = bits[8] === 'x' ? 't' : 'T';
	if (mode & 0o2000) bits[5] = bits[5] === 'x' ? 's' : 'S';
	if (mode & 0o4000) bits[2] = bits[2] === 'x' ? 's' : 'S';
	// The dot says that SELinux labels exist.
	return `${kind}${bits.join('')}${labelled ? '.' : ''}`;
}

/** `1.2K`, `15M`: one decimal below ten, rounded up. */
export function humanSize(bytes: number): string {
	let value = bytes;
	let unit = 0;
	for (; value >= 1024 && unit < 5; unit++) value /= 1024;
	if (unit === 0) return String(bytes);
	return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value))}${' KMGTP'[unit]}`;
}

export function nameOf({files}: Machine, table: string, numeric: boolean): (id: number) => string {
	const names = new Map<string, string>();
	if (!numeric && files.exists(table)) {
		for (const line of files.readText(table).split('\n')) {
			const [name = '', , id = ''] = line.split(':');
			names.set(id, name);
		}
	}

	return id => names.get(String(id)) ?? String(id);
}
