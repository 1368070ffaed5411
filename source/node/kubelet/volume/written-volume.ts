import {strftime} from '../../../sim/strftime.js';
import {type BaseEntry, createBaseTree} from '../../../os/base-tree.js';
import type {Layer} from '../../../os/layer.js';
import type {Payload} from './volume-payload.js';

/** A volume whose files the kubelet writes, as it stands on the node. */
export interface Written {
	readonly payload: Payload;
	/** When it was last written; names the folder behind `..data`. */
	readonly atMs: number;
	/** Of the folder on top. */
	readonly mode: number;
	/** `fsGroup` of the pod: it may read everything. */
	readonly group?: number;
}

const rootFolder: Layer = createBaseTree({});
const setGroup = 0o2000;
const groupReads = 0o440;
const groupEnters = 0o110;

/** `key -> ..data/key`, `..data -> ..2026_11_21_02_00_12.123456789`, and the files in there. */
export function createWrittenLayer(row: () => Written | undefined): Layer {
	let built: {from: Written; layer: Layer} | undefined;
	const current = (): Layer => {
		const from = row();
		if (!from) return rootFolder;
		if (built?.from !== from) built = {from, layer: createBaseTree(writtenEntries(from))};
		return built.layer;
	};

	return {
		get(path) {
			const inode = current().get(path);
			return inode && built && {...inode, ...(built.from.group !== undefined && {gid: built.from.group}), mtimeMs: built.from.atMs};
		},
		children: path => current().children(path),
	};
}

function writtenEntries({payload, atMs, mode, group}: Written): Record<string, BaseEntry> {
	const owned = group !== undefined;
	const folderMode = (bits: number) => (owned ? bits | setGroup | groupReads | groupEnters : bits);
	const folder = `..${stamp(atMs)}`;
	const entries: Record<string, BaseEntry> = {
		'/': {folder: true, mode: folderMode(mode)},
		[`/${folder}`]: {folder: true, mode: folderMode(0o755)},
		'/..data': {symlink: folder},
	};
	for (const [path, file] of Object.entries(payload)) {
		const parts = path.split('/');
		for (let depth = 1; depth < parts.length; depth++)
			entries[`/${folder}/${parts.slice(0, depth).join('/')}`] = {folder: true, mode: folderMode(0o755)};
		entries[`/${folder}/${path}`] = owned ? {...file, mode: file.mode | groupReads} : file;
		entries[`/${parts[0]}`] = {symlink: `..data/${parts[0]}`};
	}

	return entries;
}

function stamp(ms: number): string {
	const nanos = String((ms % 1000) * 1_000_000 + ((ms * 7919) % 999_983)).padStart(9, '0');
	return `${strftime('%Y_%m_%d_%H_%M_%S', ms)}.${nanos}`;
}
