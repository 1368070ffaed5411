import type {Inode} from './inode.js';

/**
 * One file system without mounts: what a base tree, an image's writable layer, a volume or /proc have in common. Paths are absolute
 * and normalised; symbolic links are the business of `files.ts`.
 */
export interface Layer {
	get(path: string): Inode | undefined;
	/** Names in a folder, in byte order. */
	children(path: string): readonly string[];
	/** Absent: read-only. May throw a FileError (ENOSPC, EACCES). */
	put?(path: string, inode: Inode): void;
	drop?(path: string): void;
	/** Bytes of its own files. */
	used?(): number;
}

/** A layer that is made when something in it is first looked at: of most machines nobody ever opens a file. */
export function whenRead(make: () => Layer): Layer {
	let layer: Layer | undefined;
	const made = () => (layer ??= make());
	return {get: path => made().get(path), children: path => made().children(path)};
}

/** Where the shared content of hard links is kept: no path a user can name. */
export const linkPrefix = '/\u0000links/';

export const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const join = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`);

/** Resolves `.`, `..` and doubled slashes of a path; relative ones start at `cwd`. */
export function normalise(path: string, cwd = '/'): string {
	const parts: string[] = [];
	for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '' && part !== '.') parts.push(part);
	}

	return `/${parts.join('/')}`;
}

export const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
