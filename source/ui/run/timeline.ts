import type {World} from '../../node/world.js';
import type {ListedMoment} from '../../timeline/moment.js';
import type {Timeline} from '../../timeline/timeline.js';
import type {WorldDiff} from '../../timeline/world-diff.js';

/** The timeline as the screen shows it: a value, made anew when a line was typed, when somebody travelled, and as the present goes on. */
export interface TimelineView {
	readonly branch: string;
	readonly moments: readonly ListedMoment[];
	/** What the line of a step changed, with all that followed from it until the next one; a sentence when that is too long ago. */
	diff(step: number): WorldDiff | string;
}

/** What the last line led to is compared anew as the cluster goes on, not more often than this, in real milliseconds. */
const presentEveryMs = 2000;

export interface RunTimeline {
	view(): TimelineView;
	/** Time has passed. */
	goOn(nowMs: number): void;
}

export function createRunTimeline(timeline: Timeline, world: World, changed: () => void): RunTimeline {
	let view = viewTimeline(timeline);
	let seen = {version: -1, atMs: 0};
	timeline.onChange(() => {
		view = viewTimeline(timeline);
		changed();
	});
	return {
		view: () => view,
		goOn(nowMs) {
			const {version} = world.sim.state;
			if (version === seen.version || nowMs - seen.atMs < presentEveryMs) return;
			seen = {version, atMs: nowMs};
			view = viewTimeline(timeline);
		},
	};
}

function viewTimeline(timeline: Timeline): TimelineView {
	let moments: readonly ListedMoment[] | undefined;
	const {branch} = timeline;
	const present = timeline.position.step;
	const known = new Map<number, WorldDiff | string>();
	const place = (step: number) => (step === present ? 'now' : step === 0 ? 'start' : String(step));
	const compare = (step: number) => {
		try {
			return timeline.diff(step === 1 ? 'start' : String(step - 1), place(step));
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	};
	return {
		branch,
		// A long session has many, and mostly nobody looks at them.
		get moments() {
			return (moments ??= timeline.moments());
		},
		diff(step) {
			const diff = known.get(step) ?? compare(step);
			known.set(step, diff);
			return diff;
		},
	};
}
