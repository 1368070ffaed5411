import {readFileSync} from 'node:fs';
import path from 'node:path';
import {userFolder, writeAtomic} from './folders.js';
import type {Host} from './host.js';

/** What a learner has reached, by lab. */
export interface Progress {
	readonly language?: 'en' | 'zh';
	readonly labs: Readonly<Record<string, LabProgress>>;
}

export interface LabProgress {
	/** Best mark so far and what was possible. */
	readonly best: number;
	readonly max: number;
}

const nothing: Progress = {labs: {}};

const fileOf = (host: Host) => path.join(userFolder(host.env), 'progress.json');

/** A file that is missing or damaged means a fresh start, never an error. */
export function readProgress(host: Host): Progress {
	try {
		const value = JSON.parse(readFileSync(fileOf(host), 'utf8'));
		return isProgress(value) ? value : nothing;
	} catch {
		return nothing;
	}
}

const isProgress = (value: any): value is Progress =>
	typeof value === 'object' &&
	value !== null &&
	typeof value.labs === 'object' &&
	value.labs !== null &&
	Object.values<any>(value.labs).every(each => Number.isFinite(each?.best) && Number.isFinite(each?.max));

/** False when it could not be kept (read-only home, full disk): the caller says so once and goes on. */
export function writeProgress(host: Host, progress: Progress): boolean {
	try {
		writeAtomic(fileOf(host), `${JSON.stringify(progress, undefined, '\t')}\n`);
		return true;
	} catch {
		return false;
	}
}

export function withBest(progress: Progress, lab: string, score: number, max: number): Progress {
	const best = Math.max(progress.labs[lab]?.best ?? 0, score);
	return {...progress, labs: {...progress.labs, [lab]: {best, max}}};
}
