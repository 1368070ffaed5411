import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import type {Bundle} from '../lab/answers.js';
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
