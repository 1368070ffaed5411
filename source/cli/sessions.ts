import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {type AnswerStep, type Bundle, readAnswers} from '../lab/answers.js';
import {userFolder, writeAtomic} from './folders.js';
import type {Host} from './host.js';

const folderOf = (host: Host) => path.join(userFolder(host.env), 'sessions');
const fileOf = (host: Host, lab: string) => path.join(folderOf(host), `${lab}.json`);

/** Written after every command, whole or not at all: what is lost at worst is the command in flight. */
export function saveSession(host: Host, bundle: Bundle): boolean {
	try {
		writeAtomic(fileOf(host, bundle.lab), `${JSON.stringify(bundle)}\n`);
		return true;
	} catch {
		return false;
	}
}

/** The text of a lab's last session, or of the last session of all. */
export function lastSession(host: Host, lab?: string): string | undefined {
	try {
		const files = lab === undefined ? readdirSync(folderOf(host)).filter(name => name.endsWith('.json')) : [`${lab}.json`];
		const newest = files.map(name => path.join(folderOf(host), name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
		return newest && readFileSync(newest, 'utf8');
	} catch {
		return undefined;
	}
}

/** What was typed in a lab last time, to go on from; nothing when it began from another seed or the file is damaged. */
export function stepsOfLast(host: Host, lab: string, seed: string): readonly AnswerStep[] {
	try {
		const answers = readAnswers(lastSession(host, lab) ?? '');
		return answers.form === 'bundle' && answers.lab === lab && answers.seed === seed ? answers.steps : [];
	} catch {
		return [];
	}
}
