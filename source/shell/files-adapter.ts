import type {IFileSystem} from 'just-bash';
import {FileError, type FileErrorCode, type Files, type FileStat} from '../os/files.js';
import {resolvePath} from './machine.js';
import {bytesToLatin1, latin1ToBytes, toBytesOrText} from './run/stream.js';

/**
 * Our files as just-bash sees them. `faults` remembers what went wrong, because some of its tools call every failure "No such file".
 * `phantoms` are paths that its command lookup must find although they need not exist: whether a command exists is decided by us.
 */
export function adaptFiles(files: Files, faults: Array<{path: string; text: string}>, phantoms: ReadonlySet<string>): IFileSystem {
	const guard = async <T>(path: string, syscall: string, act: () => T): Promise<T> => {
		try {
			return act();
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			faults.push({path, text: error.message});
			throw Object.assign(new Error(`${nodeTexts[error.code] ?? error.code}, ${syscall} '${path}'`), {code: error.code});
		}
	};
	const describe = (stat: FileStat) => ({
		isFile: stat.type === 'file' || stat.type === 'device',
		isDirectory: stat.type === 'folder',
		isSymbolicLink: stat.type === 'symlink',
		mode: stat.mode,
		size: stat.size,
		mtime: new Date(stat.mtimeMs),
	});
	const copy = (from: string, to: string, recursive: boolean) => {
		const stat = files.stat(from);
		if (stat.type !== 'folder') return files.write(to, files.readBytes(from), files.exists(to) ? undefined : {mode: stat.mode});
		if (!recursive) throw new FileError('EISDIR', from);
		if (!files.exists(to)) files.makeFolder(to, {recursive: true, mode: stat.mode});
		for (const name of files.list(from)) copy(`${from}/${name}`, `${to}/${name}`, true);
	};
	const asText = (content: string | Uint8Array) => (typeof content === 'string' ? toBytesOrText(content) : content);

	return {
		readFile: (path, options) =>
			guard(path, 'open', () => {
				const encoding = typeof options === 'string' ? options : options?.encoding;
				return encoding === 'latin1' || encoding === 'binary' ? bytesToLatin1(files.readBytes(path)) : files.readText(path);
			}),
		readFileBuffer: path => guard(path, 'open', () => files.readBytes(path)),
		writeFile: (path, content, options) => guard(path, 'open', () => files.write(path, encode(content, options) ?? asText(content))),
		appendFile: (path, content, options) =>
			guard(path, 'open', () => files.write(path, encode(content, options) ?? asText(content), {append: true})),
		exists: async path => files.exists(path) || phantoms.has(path),
		// Its `cp` and `mv` refuse to write over a file unless they can tell that it is another one.
		stat: path =>
			guard(path, 'stat', () =>
				phantoms.has(path) && !files.exists(path) ? describe(phantom) : {...describe(files.stat(path)), identity: files.realpath(path)},
			),
		lstat: path => guard(path, 'lstat', () => describe(files.lstat(path))),
		mkdir: (path, options) => guard(path, 'mkdir', () => files.makeFolder(path, {recursive: options?.recursive})),
		readdir: path => guard(path, 'scandir', () => files.list(path)),
		readdirWithFileTypes: path =>
			guard(path, 'scandir', () =>
				files.list(path).map(name => {
					const {isFile, isDirectory, isSymbolicLink} = describe(files.lstat(path === '/' ? `/${name}` : `${path}/${name}`));
					return {name, isFile, isDirectory, isSymbolicLink};
				}),
			),
		rm: (path, options) => guard(path, 'rm', () => files.remove(path, options)),
		cp: (from, to, options) => guard(from, 'cp', () => copy(from, to, options?.recursive ?? false)),
		mv: (from, to) => guard(from, 'rename', () => files.rename(from, to)),
		resolvePath,
		getAllPaths: () => [],
		chmod: (path, mode) => guard(path, 'chmod', () => files.chmod(path, mode)),
		symlink: (target, path) => guard(path, 'symlink', () => files.symlink(target, path)),
		link: (from, to) => guard(to, 'link', () => files.link(from, to)),
		readlink: path => guard(path, 'readlink', () => files.readlink(path)),
		realpath: path => guard(path, 'realpath', () => files.realpath(path)),
		utimes: (path, _, mtime) => guard(path, 'utime', () => files.touch(path, mtime.getTime())),
	};
}

const phantom: FileStat = {type: 'file', mode: 0o755, uid: 0, gid: 0, size: 0, mtimeMs: 0};

function encode(content: string | Uint8Array, options: unknown): Uint8Array | undefined {
	const encoding = typeof options === 'string' ? options : (options as {encoding?: string} | undefined)?.encoding;
	return typeof content === 'string' && (encoding === 'binary' || encoding === 'latin1') ? latin1ToBytes(content) : undefined;
}

/** The texts by which its tools tell one failure from another. */
const nodeTexts: Partial<Record<FileErrorCode, string>> = {
	ENOENT: 'ENOENT: no such file or directory',
	EEXIST: 'EEXIST: file already exists',
	ENOTDIR: 'ENOTDIR: not a directory',
	EISDIR: 'EISDIR: illegal operation on a directory',
	ENOTEMPTY: 'ENOTEMPTY: directory not empty',
	EROFS: 'EROFS: read-only file system',
	EACCES: 'EACCES: permission denied',
	ELOOP: 'ELOOP: too many levels of symbolic links',
	EINVAL: 'EINVAL: invalid argument',
};
