import type {World} from '../node/world.js';
import type {Snapshot} from '../sim/state.js';
import {diffLines} from './line-diff.js';
import type {FileDiff} from './world-diff.js';

export interface TouchedFile {
	readonly host: string;
	readonly path: string;
}

/** Paths on hosts whose entry is not the same in both worlds. */
export function touchedFiles(world: World, before: Snapshot, after: Snapshot): TouchedFile[] {
	return world.hosts().flatMap(({name: host}) => {
		const [old, now] = [before, after].map(({tables}) => tables.get(`os/files/${host}`));
		if (old === now) return [];
		const paths = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
		return [...paths]
			.filter(path => !path.includes('\u0000') && old?.get(path) !== now?.get(path))
			.sort()
			.map(path => ({host, path}));
	});
}

/** What each holds: text, or a word for what is no text; undefined where there is nothing. */
export const readFiles = (world: World, touched: readonly TouchedFile[]): ReadonlyArray<string | undefined> =>
	touched.map(({host, path}) => {
		const {files} = world.host(host)!;
		try {
			const {type, size} = files.lstat(path);
			if (type === 'symlink') return `-> ${files.readlink(path)}`;
			if (type !== 'file') return `(${type})`;
			const text = files.readText(path);
			return text.includes('\u0000') ? `(${size} bytes)` : text;
		} catch {
			return undefined;
		}
	});

export function fileDiffs(
	touched: readonly TouchedFile[],
	before: ReadonlyArray<string | undefined>,
	after: ReadonlyArray<string | undefined>,
): FileDiff[] {
	return touched.flatMap((file, index) => {
		const [old, now] = [before[index], after[index]];
		if (old === now) return [];
		const change = old === undefined ? 'created' : now === undefined ? 'deleted' : 'changed';
		return [{...file, change, lines: diffLines(linesOf(old), linesOf(now))} as const];
	});
}

const linesOf = (text = ''): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
