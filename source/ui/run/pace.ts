import type {Clock} from '../../sim/clock.js';

/** Marking a cluster costs more than drawing it: not more often than this, in virtual milliseconds of the pump. */
const marksEveryMs = 500;
/** Long after the last line, goals hardly move, and marking is what an idle lab would spend most of its time on. */
const marksAtRestMs = 60_000;
const livelyMs = 20_000;
/** Nobody has sent a line for so long: every other second is enough, as k9s refreshes. */
const stillMs = 60_000;
/** What is due later than this is no sign of a cluster on the move: connections are forgotten, back-offs end. */
const soonMs = 3000;

/** How often an idle lab has to move, and how often a lively one. */
export interface Pace {
	/** Milliseconds that the pump has handed in. */
	readonly pumpedMs: number;
	pumped(ms: number): void;
	/** A line has ended: the next marks are due at once. */
	typed(): void;
	/** The next marks are due at once, though nothing was typed. */
	asked(): void;
	/** Somebody could see a difference after so much time: an idle lab moves once a second, with its clock, and later every other one. */
	wants(ms: number): boolean;
	marksDue(): boolean;
	marked(): void;
	/** The second that the clock shows after so much time. */
	secondAfter(ms: number): number;
}

export function createPace(clock: Clock, isBusy: () => boolean): Pace {
	let [pumpedMs, sinceMarksMs, lastLineMs] = [0, marksEveryMs, 0];
	const isFresh = () => isBusy() || pumpedMs - lastLineMs < livelyMs;
	/** Something runs, or the cluster has not come to rest from the last line. */
	const isLively = () => {
		const next = clock.next({periodic: false});
		return isFresh() || (next !== undefined && next < clock.now() + soonMs);
	};
	const secondAfter = (ms: number) => Math.floor((clock.uptime() + ms) / 1000);
	const strides = (ms: number) => (pumpedMs - lastLineMs < stillMs ? secondAfter(ms) : secondAfter(ms) >> 1);
	return {
		get pumpedMs() {
			return pumpedMs;
		},
		pumped(ms) {
			pumpedMs += ms;
			sinceMarksMs += ms;
		},
		typed() {
			[sinceMarksMs, lastLineMs] = [marksEveryMs, pumpedMs];
		},
		asked() {
			sinceMarksMs = marksAtRestMs;
		},
		wants: ms => isFresh() || strides(0) !== strides(ms),
		marksDue: () => sinceMarksMs >= (isLively() ? marksEveryMs : marksAtRestMs),
		marked() {
			sinceMarksMs = 0;
		},
		secondAfter,
	};
}
