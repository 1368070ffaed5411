import {existsSync} from 'node:fs';
import path from 'node:path';
import {convertKillercoda} from '../lab/killercoda.js';
import {exitStatus, inputError, usageError} from './command.js';
import type {Host} from './host.js';
import {readLabFiles} from './lab-files.js';
import {writeLab} from './lab-new.js';

/** Turns a scenario of another platform into a lab, and lists what is left to do. */
export async function importLab([form, from, to, ...rest]: readonly string[], host: Host): Promise<number> {
	if (form !== 'killercoda' || from === undefined || to === undefined || rest.length > 0)
		throw usageError('write: kubelab lab import killercoda FOLDER labs/my-lab');
	if (!existsSync(path.join(from, 'index.json'))) throw inputError(`there is no index.json in "${from}"; name the folder of a scenario.`);
	const id = path.basename(path.resolve(to));
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
		throw usageError(`"${id}" cannot be the id of a lab; use lower-case letters, digits and dashes.`);
	try {
		const {files, notes} = convertKillercoda(readLabFiles(from), id);
		writeLab(to, files);
		await host.out(`${to}: converted. Left to do:\n${notes.map(note => `- ${note}\n`).join('')}`);
		return exitStatus.done;
	} catch (error) {
		if (error instanceof SyntaxError) throw inputError(`"${from}" cannot be converted: ${error.message}.`);
		throw error;
	}
}
