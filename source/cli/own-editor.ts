import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {postWatchman} from './watchman.js';

export interface EditRequest {
	readonly path: string;
	readonly text: string;
}

/** Opens the learner's own editor on a copy in a folder of its own, and gives back what was saved. */
export async function editInOwnEditor(
	{path: name, text}: EditRequest,
	env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-'));
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
