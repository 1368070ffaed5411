import type {Machine} from '../../node/host/machine.js';
import {FileError, type FileStat} from '../../os/files.js';
import type {Command} from '../../shell/command.js';
import {notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {modeText, nameOf} from '../host/files/ls.js';
import {strftime} from '../../sim/strftime.js';

const kinds = {file: 'regular file', folder: 'directory', symlink: 'symbolic link', device: 'character special file'} as const;

export default {
	name: 'stat',
	summary: 'what is known of a file',
	*run(io) {
		const long = {dereference: '=L', format: '=c', printf: 'value', terse: '=t', 'file-system': '=f'} as const;
		const args = parseArguments(io.argv.slice(1), {flags: 'Ltf', values: 'c', long});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		if (args.has('f') || args.has('t')) return notSimulated(io, `stat -${args.has('f') ? 'f' : 't'}`);
		const {files} = io.machine;
		let status = 0;
		for (const name of args.operands) {
			const path = io.path(name);
			try {
				const found = args.has('L') ? files.stat(path) : files.lstat(path);
				const target = found.type === 'symlink' ? files.readlink(path) : undefined;
				const printf = args.value('printf');
				const fields = fieldsOf(io.machine, name, path, found, target);
				if (printf !== undefined) io.out(filled(unescaped(printf), fields));
				else io.out(`${filled(args.value('c') ?? whole, fields)}\n`);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(`stat: cannot statx '${name}': ${error.message}\n`);
				status = 1;
			}
		}

		return status;
	},
} satisfies Command<Machine>;

const whole = `  File: %#
  Size: %<s\tBlocks: %<b IO Block: %o   %F
Device: %Dh/%dd\tInode: %<i  Links: %h
Access: (%04a/%A)  Uid: (%>u/%>U)   Gid: (%>g/%>G)
Access: %x
Modify: %y
Change: %z
 Birth: %w`;

function fieldsOf(
	machine: Machine,
	name: string,
	path: string,
	stat: FileStat,
	target: string | undefined,
): Readonly<Record<string, string>> {
	const time = `${strftime('%Y-%m-%d %H:%M:%S', stat.mtimeMs)}.${String(stat.mtimeMs % 1000).padStart(3, '0')}000000 +0000`;
	const owner = nameOf(machine, '/etc/passwd', false)(stat.uid);
	const group = nameOf(machine, '/etc/group', false)(stat.gid);
	const inode = inodeOf(path);
	const size = stat.type === 'folder' ? Math.max(stat.size, 4096) : stat.size;
	const blocks = String(Math.ceil(size / 4096) * 8);
	return {
		n: name,
		N: target === undefined ? `'${name}'` : `'${name}' -> '${target}'`,
		'#': target === undefined ? name : `${name} -> ${target}`,
		s: String(size),
		'<s': String(size).padEnd(10),
		b: blocks,
		'<b': blocks.padEnd(10),
		B: '512',
		o: '4096',
		F: size === 0 && stat.type === 'file' ? 'regular empty file' : kinds[stat.type],
		a: (stat.mode & 0o7777).toString(8),
		'04a': (stat.mode & 0o7777).toString(8).padStart(4, '0'),
		A: modeText(stat, false),
		u: String(stat.uid),
		'>u': String(stat.uid).padStart(5),
		U: owner,
		'>U': owner.padStart(8),
		g: String(stat.gid),
		'>g': String(stat.gid).padStart(5),
		G: group,
		'>G': group.padStart(8),
		h: stat.type === 'folder' ? '2' : '1',
		i: inode,
		'<i': inode.padEnd(10),
		d: '64768',
		D: 'fd00',
		x: time,
		y: time,
		z: time,
		w: time,
		...Object.fromEntries(['X', 'Y', 'Z', 'W'].map(letter => [letter, String(Math.floor(stat.mtimeMs / 1000))])),
		m: '/',
		'%': '%',
	};
}

/** A number of its own for every path. */
function inodeOf(path: string): string {
	let hash = 2_166_136_261;
	for (let at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 16_777_619);
	return String((hash >>> 0) % 67_108_864);
}

const filled = (format: string, fields: Readonly<Record<string, string>>): string =>
	format.replaceAll(/%([<>]?(?:04a|[A-Za-z%#]))/g, (_, field: string) => fields[field] ?? '?');

const letters: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\', '"': '"'};
const unescaped = (text: string): string => text.replaceAll(/\\([\s\S])/g, (all, letter: string) => letters[letter] ?? all);
