import {FileError, type Files} from '../../os/files.js';
import {join, normalise} from '../../os/layer.js';
import {baseName, wrappers} from '../image/image-tree.js';

export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where a command lies, or why it cannot start, in runc's words (libcontainer: exec.LookPath, then execve). */
export function findExecutable(files: Files, name: string, cwd: string, path: string = defaultPath): {path: string} | {error: string} {
	const failed = (why: string) => ({error: `exec: "${name}": ${why}: unknown`});
	if (name.includes('/')) {
		const full = normalise(name, cwd);
		try {
			const {type, mode} = files.stat(full);
			if (type === 'folder') return failed('is a directory');
			return (mode & 0o111) === 0 ? failed('permission denied') : {path: full};
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			return failed(`stat ${name}: ${error.message.toLowerCase()}`);
		}
	}

	for (const folder of path.split(':')) {
		const full = join(folder || cwd, name);
		if (!files.exists(full)) continue;
		const {type, mode} = files.stat(full);
		if (type === 'file' && (mode & 0o111) !== 0) return {path: full};
	}

	return failed('executable file not found in $PATH');
}

/** What remains when wrapper scripts have done their part: `/docker-entrypoint.sh nginx -g ...` becomes `nginx -g ...`. */
export function unwrap(argv: readonly string[]): readonly string[] {
	let rest = argv;
	while (rest.length > 1 && wrappers.includes(baseName(rest[0]!))) rest = rest[1] === '--' ? rest.slice(2) : rest.slice(1);
	return rest;
}
