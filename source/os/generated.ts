import {FileError} from './files.js';
import {contentOf, type Inode} from './inode.js';
import {byteOrder, type Layer} from './layer.js';

/** A file whose content is asked for when it is read: /proc/meminfo, /proc/sys/net/ipv4/ip_forward, a pod's log. */
export interface GeneratedFile {
	read(): string;
	/** Absent: writing says EACCES. May throw a FileError (EINVAL). */
	write?(text: string): void;
	readonly mode?: number;
	/** Makes it a symbolic link to what `read` gives. */
	readonly symlink?: boolean;
}

/**
 * A file system that is computed, such as /proc. `names` lists a folder (undefined: no such folder), `file` finds a file; both are asked
 * each time, so nothing needs to be kept in step.
 */
export function createGenerated(source: {
	names(path: string): readonly string[] | undefined;
	file(path: string): GeneratedFile | undefined;
	nowMs(): number;
}): Layer {
	const folder: Omit<Inode, 'mtimeMs'> = {type: 'folder', mode: 0o555, uid: 0, gid: 0, size: 0};
	return {
		get(path) {
			if (source.names(path)) return {...folder, mtimeMs: source.nowMs()};
			const file = source.file(path);
			if (!file) return undefined;
			const type = file.symlink ? 'symlink' : 'file';
			const mode = file.mode ?? (file.symlink ? 0o777 : file.write ? 0o644 : 0o444);
			// As in /proc: what can be set has no length, so that nothing is written after what it says now.
			return {type, mode, uid: 0, gid: 0, mtimeMs: source.nowMs(), ...contentOf(file.read()), ...(file.write && {size: 0})};
		},
		children: path => [...(source.names(path) ?? [])].sort(byteOrder),
		drop(path) {
			throw new FileError('EPERM', path);
		},
		put(path, inode) {
			const file = source.file(path);
			if (!file?.write) throw new FileError(file ? 'EACCES' : 'ENOENT', path);
			// Emptying it before the write is not one.
			if (inode.text) file.write(inode.text);
		},
	};
}
