import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {postWatchman} from './watchman.js';

export interface EditRequest {
	readonly path: string;
	readonly text: string;
}

const prefix = 'kubelab-edit-';

/** Takes away what processes left that were killed while an editor was open. */
export function sweepEdits(): void {
	for (const name of readdirSync(tmpdir())) {
		const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
		if (Number.isNaN(owner) || isRunning(owner)) continue;
		try {
			rmSync(path.join(tmpdir(), name), {recursive: true, force: true});
		} catch {
			// Somebody else's.
		}
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}

/** Opens the learner's own editor on a copy in a folder of its own, and gives back what was saved. */
export async function editInOwnEditor(
	{path: name, text}: EditRequest,
	env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
	const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
	// The extension tells the editor how to colour; the rest of the name is the simulation's business.
	const file = path.join(folder, `edit${/\.[a-z]+$/i.exec(name)?.[0] ?? '.yaml'}`);
	try {
		writeFileSync(file, text, {mode: 0o600});
		const [command = 'vi', ...words] = (env['KUBE_EDITOR'] || env['VISUAL'] || env['EDITOR'] || 'vi').split(' ').filter(Boolean);
		const {execa} = await import('execa');
		const editing = execa(command, [...words, file], {stdio: 'inherit', reject: false});
		const watchman = editing.pid === undefined ? undefined : postWatchman(editing.pid);
		const result = await editing.finally(() => watchman?.dismiss());
		return result.failed ? undefined : readFileSync(file, 'utf8');
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
