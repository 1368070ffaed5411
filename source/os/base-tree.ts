import {epochMs} from '../sim/sim.js';
import {contentOf, type Inode} from './inode.js';
import {byteOrder, join, type Layer, nameOf, parentOf} from './layer.js';

/** A file with more than content: its mode, its owner, or where it points. */
export type BaseEntry =
	| string
	/** Text that is made when it is first read. */
	| {readonly make: () => string; readonly mode?: number}
	| {readonly text?: string; readonly mode?: number; readonly uid?: number; readonly gid?: number}
	| {readonly symlink: string}
	| {readonly folder: true; readonly mode?: number; readonly uid?: number; readonly gid?: number}
	| {readonly device: true; readonly mode?: number};

export type BaseEntries = Readonly<Record<string, BaseEntry>>;

/** Images and machines are older than the world that runs them. */
const builtMs = epochMs - 40 * 86_400_000;

/**
 * An immutable tree, made once and shared by all that start from it: every container of an image, every host. It is not part of the
 * world's state, because it follows from the catalogue. `below` is another tree that this one adds to.
 */
export function createBaseTree(entries: BaseEntries, below?: Layer): Layer {
	const inodes = new Map<string, Inode | Extract<BaseEntry, {make: unknown}>>();
	const names = new Map<string, Set<string>>();
	const add = (path: string, inode: Inode | Extract<BaseEntry, {make: unknown}>) => {
		if (path !== '/') {
			const parent = parentOf(path);
			if (!inodes.has(parent)) add(parent, below?.get(parent) ?? folder());
			let siblings = names.get(parent);
			if (!siblings) names.set(parent, (siblings = new Set()));
			siblings.add(nameOf(path));
		}

		inodes.set(path, inode);
	};

	if (!below) add('/', folder(0o555));
	for (const path of Object.keys(entries)) add(path, made(entries[path]!));
	const listed = new Map<string, readonly string[]>();
	return {
		get(path) {
			const found = inodes.get(path);
			if (!found) return below?.get(path);
			if (!('make' in found)) return found;
			const inode = inodeOf({text: found.make(), mode: found.mode});
			inodes.set(path, inode);
			return inode;
		},
		children(path) {
			let list = listed.get(path);
			if (!list) {
				const own = names.get(path);
				const lower = below?.children(path) ?? [];
				list = own ? [...new Set([...lower, ...own])].sort(byteOrder) : lower;
				listed.set(path, list);
			}

			return list;
		},
	};
}

const folder = (mode = 0o755): Inode => ({type: 'folder', mode, uid: 0, gid: 0, mtimeMs: builtMs, size: 4096});

const made = (entry: BaseEntry) => (typeof entry === 'object' && 'make' in entry ? entry : inodeOf(entry));

function inodeOf(entry: Exclude<BaseEntry, {make: unknown}>): Inode {
	if (typeof entry === 'string') return {type: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: builtMs, ...contentOf(entry)};
	if ('symlink' in entry) return {type: 'symlink', mode: 0o777, uid: 0, gid: 0, mtimeMs: builtMs, ...contentOf(entry.symlink)};
	if ('device' in entry) return {type: 'device', mode: entry.mode ?? 0o666, uid: 0, gid: 0, mtimeMs: builtMs, size: 0};
	const owner = {uid: entry.uid ?? 0, gid: entry.gid ?? 0, mtimeMs: builtMs};
	if ('folder' in entry) return {type: 'folder', mode: entry.mode ?? 0o755, ...owner, size: 4096};
	return {type: 'file', mode: entry.mode ?? 0o644, ...owner, ...contentOf(entry.text ?? '')};
}

/** Command files, so that `which` finds them: `tools('/usr/bin', ['ls', 'cat'])`. */
export function commandFiles(folderPath: string, commands: readonly string[]): BaseEntries {
	return Object.fromEntries(commands.map(name => [join(folderPath, name), {text: `\u007fELF ${name}\n`, mode: 0o755}]));
}
