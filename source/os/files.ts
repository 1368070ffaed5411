/**
 * A file system, as one machine or container sees it: a read-only base tree (an image), a writable layer on top (plain data, in the
 * world's state) and mounts. All calls are synchronous and take absolute, normalised paths. Failures throw a `FileError`.
 */
export interface Files {
	readText(path: string): string;
	readBytes(path: string): Uint8Array;
	/** Creates or replaces; keeps mode and owner of an existing file. Parent folders must exist. */
	write(path: string, content: string | Uint8Array, options?: {mode?: number; append?: boolean}): void;
	/** Cuts or fills up with NUL bytes; makes the file when it is missing. */
	truncate(path: string, size: number): void;
	/** Bytes that can still be written where this path lies. */
	free(path: string): number;
	exists(path: string): boolean;
	/** Follows symbolic links; `lstat` does not. */
	stat(path: string): FileStat;
	lstat(path: string): FileStat;
	/** Names in byte order. */
	list(path: string): string[];
	makeFolder(path: string, options?: {recursive?: boolean; mode?: number}): void;
	remove(path: string, options?: {recursive?: boolean; force?: boolean}): void;
	rename(from: string, to: string): void;
	link(target: string, path: string): void;
	symlink(target: string, path: string): void;
	readlink(path: string): string;
	chmod(path: string, mode: number): void;
	chown(path: string, uid: number, gid: number): void;
	touch(path: string, mtimeMs: number): void;
	/** Resolves symbolic links. */
	realpath(path: string): string;
	/** Shows another file system below `path`; ConfigMap volumes, emptyDir, hostPath and /proc are such mounts. */
	mount(path: string, mount: Mount): void;
	unmount(path: string): void;
	mounts(): ReadonlyArray<{path: string; mount: Mount}>;
}

export interface FileStat {
	readonly type: 'file' | 'folder' | 'symlink' | 'device';
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Bytes. */
	readonly size: number;
	/** Virtual milliseconds since 1970. */
	readonly mtimeMs: number;
}

/** What is mounted: named, so that a mount table is plain data; the machine's registry turns names into `Files`. */
export interface Mount {
	/** `tmpfs`, `configmap`, `secret`, `hostpath`, `proc`, ... */
	readonly type: string;
	/** Which one: a volume's id, a host path. */
	readonly source: string;
	readonly readOnly?: boolean;
	/** Only this path of the source (subPath, hostPath). */
	readonly path?: string;
	/** What `df` says of a file system in memory. */
	readonly sizeKib?: number;
}

export type FileErrorCode =
	| 'ENOENT'
	| 'EEXIST'
	| 'ENOTDIR'
	| 'EISDIR'
	| 'ENOTEMPTY'
	| 'EROFS'
	| 'EACCES'
	| 'ELOOP'
	| 'ENOSPC'
	| 'EINVAL'
	| 'ENOMEM'
	| 'EBUSY'
	| 'EPERM'
	| 'ENAMETOOLONG';

/** Message in the C library's words, so that tools can print `cat: /x: No such file or directory`. */
export class FileError extends Error {
	readonly code: FileErrorCode;
	readonly path: string;

	constructor(code: FileErrorCode, path: string) {
		super(fileErrorTexts[code]);
		this.name = 'FileError';
		this.code = code;
		this.path = path;
	}
}

export const fileErrorTexts: Readonly<Record<FileErrorCode, string>> = {
	ENOENT: 'No such file or directory',
	EEXIST: 'File exists',
	ENOTDIR: 'Not a directory',
	EISDIR: 'Is a directory',
	ENOTEMPTY: 'Directory not empty',
	EROFS: 'Read-only file system',
	EACCES: 'Permission denied',
	ELOOP: 'Too many levels of symbolic links',
	ENOSPC: 'No space left on device',
	EINVAL: 'Invalid argument',
	ENOMEM: 'Cannot allocate memory',
	EBUSY: 'Device or resource busy',
	EPERM: 'Operation not permitted',
	ENAMETOOLONG: 'File name too long',
};
