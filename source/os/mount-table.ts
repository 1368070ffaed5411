import type {Sim} from '../sim/sim.js';
import type {Mount} from './files.js';
import {byteOrder, join, type Layer, nameOf, parentOf} from './layer.js';
import type {Volumes} from './volumes.js';
import type {Inode} from './inode.js';

/** An entry and where it lies; `path` is free of symbolic links. */
export interface Found extends Place {
	readonly path: string;
	readonly inode: Inode | undefined;
}

export interface MountEntry {
	readonly path: string;
	readonly mount: Mount;
}

/** Where a path really lies: in which file system, under which name, and whether it may be written. */
export interface Place {
	readonly layer: Layer;
	readonly inner: string;
	readonly readOnly: boolean;
	/** How much there is room for, if that is less than a disk has. */
	readonly limit?: number;
}

export interface MountTable {
	list(): readonly MountEntry[];
	add(entry: MountEntry): void;
	remove(path: string): boolean;
	locate(path: string): Place;
	isMountPoint(path: string): boolean;
	/** Names that a folder shows only because something is mounted below it. */
	namesBelow(path: string): ReadonlySet<string> | undefined;
}

/** `fixed` mounts come with the machine (a container's volumes); what is mounted later lives in the table `os/mounts/<name>`. */
export function createMountTable(
	sim: Sim,
	name: string,
	root: Layer,
	options: {fixed?: readonly MountEntry[]; volumes?: Volumes; readOnly?: boolean},
): MountTable {
	const rows = sim.state.held<Mount | {readonly type: 'none'}>(`os/mounts/${name}`);
	let derived:
		| {version: number; table: unknown; entries: readonly MountEntry[]; longest: readonly MountEntry[]; below: Map<string, Set<string>>}
		| undefined;

	const current = () => {
		const table = rows();
		if (derived && derived.table === table && derived.version === table.version) return derived;
		const byPath = new Map<string, Mount>((options.fixed ?? []).map(entry => [entry.path, entry.mount]));
		for (const [path, mount] of table.entries()) {
			if (mount.type === 'none') byPath.delete(path);
			else byPath.set(path, mount as Mount);
		}

		const entries = [...byPath].map(([path, mount]) => ({path, mount}));
		const below = new Map<string, Set<string>>();
		for (const {path} of entries) noteAncestors(below, path);
		const longest = [...entries].sort((a, b) => b.path.length - a.path.length || byteOrder(a.path, b.path));
		return (derived = {version: table.version, table, entries, longest, below});
	};

	return {
		list: () => current().entries,
		add({path, mount}) {
			rows().set(path, mount);
		},
		remove(path) {
			if (!current().entries.some(entry => entry.path === path)) return false;
			rows().set(path, {type: 'none'});
			return true;
		},
		locate(path) {
			for (const entry of current().longest) {
				if (path !== entry.path && !(path.startsWith(entry.path) && path[entry.path.length] === '/')) continue;
				if (!options.volumes) throw new Error(`${name} has mounts but no volumes`);
				const inside = entry.mount.path ?? '/';
				const rest = path.slice(entry.path.length + 1);
				const inner = rest === '' ? inside : join(inside, rest);
				const {readOnly = false, sizeKib} = entry.mount;
				return {layer: options.volumes.open(entry.mount), inner, readOnly, ...(sizeKib && {limit: sizeKib * 1024})};
			}

			return {layer: root, inner: path, readOnly: options.readOnly ?? false};
		},
		isMountPoint: path => current().entries.some(entry => entry.path === path),
		namesBelow: path => current().below.get(path),
	};
}

function noteAncestors(below: Map<string, Set<string>>, path: string) {
	for (let child = path; child !== '/'; child = parentOf(child)) {
		const parent = parentOf(child);
		const names = below.get(parent);
		if (names) names.add(nameOf(child));
		else below.set(parent, new Set([nameOf(child)]));
	}
}
