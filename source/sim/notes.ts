import type {State} from './state.js';

/** What was met that the real thing has and the simulation lacks. Said aloud where it happens, counted here for the report. */
export interface Notes {
	/** `what` as a learner would name it, e.g. `kubectl debug --copy-to` or `Pod spec.volumes[].iscsi`. */
	notSimulated(what: string): void;
	list(): Array<{what: string; count: number}>;
}

/** Hostile input must not grow the list without end. */
const notesMax = 500;

export function createNotes(state: State): Notes {
	const table = state.table<number>('sim/notes');
	return {
		notSimulated(what) {
			if (table.has(what) || table.size < notesMax) table.set(what, (table.get(what) ?? 0) + 1);
		},
		list: () => [...table.entries()].map(([what, count]) => ({what, count})),
	};
}
