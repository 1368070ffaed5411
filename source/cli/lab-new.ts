import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {LabFiles} from '../lab/lab.js';
import {scaffold} from '../lab/format/scaffold.js';
import {exitStatus, usageError} from './command.js';
import type {Host} from './host.js';

/** Writes a lab that stands, to be changed into another one. */
export async function newLab(folder: string | undefined, host: Host): Promise<number> {
	if (folder === undefined) throw usageError('say where: kubelab lab new labs/my-lab');
	const id = path.basename(path.resolve(folder));
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
		throw usageError(`"${id}" cannot be the id of a lab; use lower-case letters, digits and dashes.`);
	writeLab(folder, scaffold(id));
	await host.out(`${folder}: a lab with one objective. Next: kubelab lab test ${folder}\n`);
	return exitStatus.done;
}

export function writeLab(folder: string, files: LabFiles): void {
	if (existsSync(folder)) throw usageError(`"${folder}" is there already; name a new folder.`);
	for (const [name, text] of files) {
		const file = path.join(folder, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, text);
	}
}
