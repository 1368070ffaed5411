import type {TimelineEntry} from './grade.js';

/** A line that nobody ends, or that grows beyond all limits, is stopped as by Ctrl-C. */
const statusStopped = 130;

/** The lines that had to be stopped, with their number: what comes after them ran in a world they had not finished with. */
export const stoppedIn = (timeline: readonly TimelineEntry[]): Array<{readonly step: number; readonly run: string}> =>
	timeline.flatMap(({run, exitCode}, index) => (exitCode === statusStopped ? [{step: index + 1, run: run.split('\n')[0]!}] : []));
