import type {Report} from '../../lab/grade.js';
import type {Language} from '../../lab/lab.js';
import type {LabProofs} from '../../lab/proof/proofs.js';

/** What a worker is asked for: to mark one file. */
export interface Job {
	readonly bytes: Uint8Array;
	/** Said by whoever grades; the file must not say otherwise. */
	readonly lab?: string;
	/** Guessed from the file's path; the file knows better. */
	readonly labInPath?: string;
	readonly seed?: string;
	readonly language: Language;
}

/** Or to prove a lab: the folder it lies in. */
export interface ProofJob {
	readonly prove: string;
	readonly mutants: boolean;
}

export type JobResult = {readonly report: Report} | {readonly reason: string};
export type ProofResult = (LabProofs & {readonly lab: string}) | {readonly reason: string};

/** Sent once by a worker when it has loaded the simulation. */
export const ready = 'ready';
