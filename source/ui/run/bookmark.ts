import type {Cluster} from '../../cluster/cluster.js';
import type {AnswerStep} from '../../lab/answers.js';
import {type Bookmark, bookmarkOf, openBookmark} from '../../lab/bookmark.js';
import type {Hints} from '../../lab/hints.js';
import type {Lab} from '../../lab/lab.js';
import type {Player} from '../../lab/player.js';
import {isSat} from '../../lab/sitting.js';

/** Where the world of a long session is kept. */
export interface BookmarkStore {
	read(): Bookmark | undefined;
	write(bookmark: Bookmark): void;
}

/** A world is kept after so many commands: fewer are typed again in no time. */
const every = 100;

interface Run {
	readonly lab: Lab;
	readonly cluster: Cluster;
	readonly player: Player;
	/** The terminal of another host. */
	readonly at: (host: string) => Player;
	readonly hints: Hints;
	/** It starts where the lab starts, and somebody sits at it. */
	readonly plain: boolean;
}

/** Keeps the world now and then, and goes back to it. */
export function createRunBookmark({lab, cluster, player, at, hints, plain}: Run, store: BookmarkStore | undefined) {
	// An exam counts its time from the start.
	const used = plain && !isSat(lab) ? store : undefined;
	let marked = 0;
	const mark = (steps: readonly AnswerStep[]) => {
		const found = steps.length > marked && steps.length >= every ? bookmarkOf(cluster, player, steps, hints.opened(), at) : undefined;
		if (!found) return;
		used?.write(found);
		marked = steps.length;
	};
	return {
		/** How many of the steps the world that is kept has seen; it is the present one now. */
		open(before: readonly AnswerStep[]): number {
			const kept = before.length >= every ? used?.read() : undefined;
			if (!kept || !openBookmark(kept, cluster, player, before, at)) return 0;
			hints.open(kept.hints);
			marked = kept.steps;
			return marked;
		},
		typed(steps: readonly AnswerStep[]) {
			if (used && steps.length - marked >= every) mark(steps);
		},
		/** The lab is left. */
		leave(steps: readonly AnswerStep[]) {
			if (used) mark(steps);
		},
	};
}
