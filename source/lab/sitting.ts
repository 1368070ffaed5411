import type {LabWord} from '../timeline/lab-word.js';
import type {Marks} from './judge.js';
import type {Lab} from './lab.js';

/** An exam, or a lab against the clock: when it ends, and what is not told before. */
export interface Sitting {
	/** Virtual milliseconds that are left; absent when nobody counts them. */
	leftMs(): number | undefined;
	/** Handed in, or out of time: nothing that is typed counts any more. */
	over(): boolean;
	/** What a learner may know of the marks by now. */
	told(marks: Marks): Marks;
	/** `lab finish` */
	readonly words: readonly LabWord[];
}

/** `uptime` in virtual milliseconds; without it nobody counts the time, only what is handed in ends it. */
export function createSitting({exam, minutesMax}: Lab, uptime?: () => number): Sitting {
	const endMs = uptime && minutesMax !== undefined ? uptime() + minutesMax * 60_000 : undefined;
	let finished = false;
	const leftMs = () => (endMs === undefined ? undefined : Math.max(0, endMs - uptime!()));
	const over = () => finished || leftMs() === 0;
	const finish: LabWord = {
		name: 'finish',
		usage: 'finish',
		summary: 'hand in: nothing that is typed afterwards counts',
		*run(io) {
			if (io.args.length > 0) return io.usage();
			io.out(over() ? 'it is over already\n' : 'handed in; nothing that is typed from now on counts\n');
			finished = true;
			return 0;
		},
	};
	return {
		leftMs,
		over,
		told: marks => (exam && !over() ? {...marks, objectives: marks.objectives.map(each => ({...each, reason: '', checks: []}))} : marks),
		words: isSat({exam, minutesMax}) ? [finish] : [],
	};
}

/** Nobody goes back in time in an exam, or where time counts. */
export const isSat = ({exam, minutesMax}: Pick<Lab, 'exam' | 'minutesMax'>): boolean => exam !== undefined || minutesMax !== undefined;
