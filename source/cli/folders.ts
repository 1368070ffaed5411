import {closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Where this user's programs keep their files: `KUBELAB_HOME`, or the platform's usual folder. */
export function userFolder(env: Readonly<Record<string, string | undefined>>): string {
	if (env['KUBELAB_HOME']) return env['KUBELAB_HOME'];
	if (process.platform === 'win32' && env['APPDATA']) return path.join(env['APPDATA'], 'kubelab');
	if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Preferences', 'kubelab');
	return path.join(env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'kubelab');
}

/** Whole or not at all: a full disk or a pulled plug leaves the old file. */
export function writeAtomic(file: string, content: string): void {
	mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	const draft = `${file}.${process.pid}.tmp`;
	try {
		const descriptor = openSync(draft, 'w', 0o600);
		try {
			writeSync(descriptor, content);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}
		renameSync(draft, file);
	} catch (error) {
		rmSync(draft, {force: true});
		throw error;
	}
}
