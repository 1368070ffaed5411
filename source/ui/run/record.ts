import type {AnswerStep} from '../../lab/answers.js';
import type {RanLine} from '../terminal/shell-tab.js';

/** What was typed since the lab began, in all terminals: enough to play it again. */
export interface RunRecord {
	readonly steps: readonly AnswerStep[];
	/** A line begins to run; its place among those of all terminals. */
	begin(): number;
	/** It has ended. `tab`: its host, unless it was typed in the first terminal; `hash`: of the world it led to, where that can be told. */
	add(line: RanLine, seen: {readonly endMs: number; readonly tab?: string; readonly hash?: string}): void;
	/** Of a session that is gone on with. */
	takeOver(steps: readonly AnswerStep[]): void;
}

export function createRecord(): RunRecord {
	const steps: AnswerStep[] = [];
	let places = 0;
	return {
		steps,
		begin: () => places++,
		add({text, atMs, place, edits, typed, stops}, {endMs, tab, hash}) {
			steps.push({
				run: text,
				atMs,
				forMs: Math.max(0, endMs - atMs),
				...(typed && {typed}),
				...(edits.length > 0 && {edits}),
				...(stops.length > 0 && {stops}),
				...(tab !== undefined && {tab}),
				...(place !== steps.length && {place}),
				...(hash !== undefined && {hash}),
			});
		},
		takeOver(before) {
			for (const step of before) {
				places = Math.max(places, (step.place ?? steps.length) + 1);
				steps.push(step);
			}
		},
	};
}
