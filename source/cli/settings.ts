import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Language} from '../lab/lab.js';
import {readSettings, type Settings} from '../ui/state/settings.js';
import {userFolder, writeAtomic} from './folders.js';
import type {Host} from './host.js';

const fileOf = (host: Host) => path.join(userFolder(host.env), 'settings.json');

/** What was chosen last time; `NO_COLOR` and the environment's language where nothing was. A damaged file means a fresh start. */
export function loadSettings(host: Host, language: Language): Settings {
	const read = readSettings(parsed(host), language);
	return {...read, language, ...(host.env['NO_COLOR'] && {theme: 'plain'})};
}

/** The lab that was opened last. */
export function lastLab(host: Host): string | undefined {
	const {last} = Object(parsed(host)) as {last?: unknown};
	return typeof last === 'string' ? last : undefined;
}

function parsed(host: Host): unknown {
	try {
		return JSON.parse(readFileSync(fileOf(host), 'utf8'));
	} catch {
		return undefined;
	}
}

export function saveSettings(host: Host, settings: Settings, last: string | undefined): boolean {
	try {
		writeAtomic(fileOf(host), `${JSON.stringify({...settings, last}, undefined, '\t')}\n`);
		return true;
	} catch {
		return false;
	}
}
