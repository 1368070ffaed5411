import type {Files} from '../../../../os/files.js';
import {join, nameOf, parentOf} from '../../../../os/layer.js';

/** Copies a file, a link or a folder with all in it; parents must exist. */
export function copyTree(
	from: Files,
	source: string,
	to: Files,
	target: string,
	options: {owner?: readonly [uid: number, gid: number]; mode?: number; skip?(path: string): boolean} = {},
): void {
	if (options.skip?.(source)) return;
	const stat = from.lstat(source);
	if (stat.type === 'symlink') {
		if (to.exists(target)) to.remove(target, {force: true});
		to.symlink(from.readlink(source), target);
		return;
	}

	if (stat.type === 'folder') {
		if (!to.exists(target)) to.makeFolder(target, {recursive: true, mode: stat.mode});
		for (const name of from.list(source)) copyTree(from, join(source, name), to, join(target, name), options);
	} else if (stat.type === 'file') {
		to.write(target, from.readBytes(source), {mode: stat.mode});
		to.chmod(target, options.mode ?? stat.mode);
	} else return;
	const [uid, gid] = options.owner ?? [stat.uid, stat.gid];
	to.chown(target, uid, gid);
}

/** Where `cp a b` puts it: into a folder that is there, else under that very name. */
export const destination = (files: Files, path: string, source: string): string =>
	files.exists(path) && files.stat(path).type === 'folder' ? join(path, nameOf(source)) : path;

export const parentExists = (files: Files, path: string): boolean =>
	files.exists(parentOf(path)) && files.stat(parentOf(path)).type === 'folder';
