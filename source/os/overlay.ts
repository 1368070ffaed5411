import type {Sim} from '../sim/sim.js';
import type {Table} from '../sim/state.js';
import {FileError} from './files.js';
import type {Inode} from './inode.js';
import {byteOrder, type Layer, linkPrefix, nameOf, parentOf} from './layer.js';

/** What stands in the writable layer: an entry, or the mark that the base's entry is gone. */
type Row = Inode | {readonly type: 'whiteout'};

/** A disk has an end: `yes > /big` must stop, and a snapshot must stay small. */
export const fileBytesMax = 16 * 1024 * 1024;
export const layerBytesMax = 64 * 1024 * 1024;
export const layerFilesMax = 50_000;
/** What `df` says is free on a node's disk. */
export const diskBytes = 42_590_764 * 1024;

const emptyBase: Layer = {get: () => undefined, children: () => []};

/** A writable file system whose changes live in the table `name`; what it does not hold comes from `base`, which is never touched. */
export function createOverlay(sim: Sim, name: string, base: Layer = emptyBase, changed?: (path: string) => void): Layer {
	// Asked for each time: a table that was dropped with its pod is another one when an undo brings it back.
	const rows = sim.state.held<Row>(name);
	const whiteout: Row = {type: 'whiteout'};
	// Derived from the table: who lies in which folder, how long the files are, and how much it costs to keep them.
	let names = new Map<string, Set<string>>();
	let bytes = 0;
	let weight = 0;
	let indexed: {table: unknown; version: number} | undefined;

	const index = (table: Table<Row>) => {
		if (indexed?.table === table && indexed.version === table.version) return;
		names = new Map();
		bytes = 0;
		weight = 0;
		for (const [path, row] of table.entries()) note(path, row);
		indexed = {table, version: table.version};
	};

	const note = (path: string, row: Row) => {
		bytes += sizeOf(row);
		weight += weightOf(row);
		if (path === '/' || path.startsWith(linkPrefix)) return;
		const parent = parentOf(path);
		let siblings = names.get(parent);
		if (!siblings) names.set(parent, (siblings = new Set()));
		siblings.add(nameOf(path));
	};

	const set = (table: Table<Row>, path: string, row: Row) => {
		bytes -= sizeOf(table.get(path));
		weight -= weightOf(table.get(path));
		table.set(path, row);
		note(path, row);
		indexed = {table, version: table.version};
	};

	const get = (path: string): Inode | undefined => {
		const row = rows().get(path);
		if (!row) return base.get(path);
		return row.type === 'whiteout' ? undefined : row;
	};

	return {
		get,
		children(path) {
			const table = rows();
			if (table.size === 0) return base.children(path);
			index(table);
			const own = names.get(path);
			const lower = base.children(path);
			if (!own) return lower;
			return [...new Set([...lower, ...own])].filter(child => get(path === '/' ? `/${child}` : `${path}/${child}`)).sort(byteOrder);
		},
		put(path, inode) {
			const table = rows();
			index(table);
			const old = table.get(path);
			const heavier = weightOf(inode) - weightOf(old);
			const isFull = table.size >= layerFilesMax && !old;
			if (weightOf(inode) > fileBytesMax || weight + heavier > layerBytesMax || bytes + sizeOf(inode) - sizeOf(old) > diskBytes || isFull) {
				throw new FileError('ENOSPC', path);
			}

			set(table, path, inode);
			changed?.(path);
		},
		drop(path) {
			const table = rows();
			index(table);
			if (base.get(path)) set(table, path, whiteout);
			else if (table.has(path)) {
				bytes -= sizeOf(table.get(path));
				weight -= weightOf(table.get(path));
				names.get(parentOf(path))?.delete(nameOf(path));
				table.delete(path);
				indexed = {table, version: table.version};
			}

			changed?.(path);
		},
		used() {
			index(rows());
			return bytes;
		},
	};
}

const sizeOf = (row: Row | undefined): number => (row && row.type === 'file' ? row.size : 0);

/** What it costs to remember it. */
const weightOf = (row: Row | undefined): number => (row && row.type === 'file' && !row.zeros ? row.size : 0);
