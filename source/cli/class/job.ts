import type {Report} from '../../lab/grade.js';

/** What a worker is asked for: one file. */
export interface Job {
	readonly bytes: Uint8Array;
	/** Said by whoever grades; the file must not say otherwise. */
	readonly lab?: string;
	/** Guessed from the file's path; the file knows better. */
	readonly labInPath?: string;
	readonly seed?: string;
}

export type JobResult = {readonly report: Report} | {readonly reason: string};

/** Sent once by a worker when it has loaded the simulation. */
export const ready = 'ready';
