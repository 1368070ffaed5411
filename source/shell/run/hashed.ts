import {findExecutable} from '../machine.js';
import type {Shell} from '../shell.js';
import {ShellError, statusNotFound} from './signals.js';

/** The table of `hash`: another PATH empties it. */
export function tableOf(shell: Shell): Map<string, {readonly path: string; hits: number}> {
	const {hashed} = shell;
	// The same table for who runs in the foreground of this shell.
	if (hashed.path !== shell.path) {
		hashed.path = shell.path;
		hashed.found.clear();
	}
	return hashed.found;
}

/** Where it was found before: bash does not look again, though it may be somewhere else by now. */
export const hashedPath = (shell: Shell, name: string): string | undefined =>
	name.includes('/') ? undefined : tableOf(shell).get(name)?.path;

/** Where a program is; bash remembers that and counts. */
export function findHashed(shell: Shell, name: string): string | undefined {
	const keeps = shell.dialect.name === 'bash' && !name.includes('/');
	const known = keeps ? tableOf(shell).get(name) : undefined;
	if (known) {
		known.hits++;
		if (!shell.machine.files.exists(known.path)) throw new ShellError(`${known.path}: No such file or directory`, statusNotFound);
		return known.path;
	}
	const path = findExecutable(shell.machine, name, shell.path, shell.cwd);
	if (keeps && path !== undefined) tableOf(shell).set(name, {path, hits: 1});
	return path;
}

const buckets = 256;

/** In the order of bash's hash table: FNV-1, and the latest first where two share a bucket. Source: bash, hashlib.c. */
export function inBuckets(names: readonly string[]): string[] {
	const bucketOf = (name: string) => {
		let hash = 2166136261;
		for (const byte of new TextEncoder().encode(name)) hash = (Math.imul(hash, 16777619) ^ byte) >>> 0;
		return hash & (buckets - 1);
	};
	return names
		.map((name, index) => ({name, index, bucket: bucketOf(name)}))
		.sort((a, b) => a.bucket - b.bucket || b.index - a.index)
		.map(({name}) => name);
}
