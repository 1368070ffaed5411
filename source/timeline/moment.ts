import type {SavedSession} from '../shell/session/session.js';
import {hashJson, hashSnapshot} from '../sim/hash.js';
import type {Snapshot} from '../sim/state.js';

/** Everything there is at one moment: the world, and what each terminal's shells know. A handful of references. */
export interface Everything {
	readonly world: Snapshot;
	/** In the order in which the terminals were opened. */
	readonly sessions: readonly SavedSession[];
}

export const hashEverything = ({world, sessions}: Everything): string => hashJson([hashSnapshot(world), sessions]);

/** A place in the timeline: what stood when the next line was typed. */
export interface Moment {
	/** Counts up; 0 is the start. */
	readonly id: number;
	readonly parent: number | undefined;
	/** How many lines lead here. */
	readonly step: number;
	/** The line that led here; empty at the start. */
	readonly line: string;
	/** Virtual milliseconds since the world began at which that line was typed. */
	readonly atMs: number;
}

/** A moment as it is listed, for one who stands in the timeline. */
export interface ListedMoment extends Moment {
	readonly when: 'past' | 'present' | 'future';
	readonly checkpoints: readonly string[];
	/** Branches, other than the current one, that leave from here or end here. */
	readonly branches: readonly string[];
}

export interface Branch {
	readonly name: string;
	/** Its last moment. */
	readonly tip: Moment;
	readonly current: boolean;
}

export interface Checkpoint {
	readonly name: string;
	readonly moment: Moment;
}

/** Thrown for what a learner asked and cannot have; the message is one sentence. */
export class TimelineError extends Error {
	override readonly name = 'TimelineError';
}
