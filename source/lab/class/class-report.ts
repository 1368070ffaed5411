import type {Report} from '../grade.js';
import {inCommon} from './in-common.js';

/** What `kubelab grade --json` prints, and `--merge` reads: one shard, or the whole class. */
export interface ClassReport {
	readonly kubelab: 1;
	readonly form: 'class';
	/** Which parts of the class it holds, in order, and of how many. */
	readonly shards: readonly number[];
	readonly shardCount: number;
	/** In the order of the roster, then of their files. */
	readonly submissions: readonly Submission[];
}

export interface Submission {
	/** Path below the folder of the class, with `/`. Absent files of a roster have a path of their own: `roster:ID`. */
	readonly file: string;
	readonly student: Student;
	/** `absent`: on the roster, but no file names this student. */
	readonly status: 'marked' | 'unmarked' | 'absent';
	/** Why it has no mark. */
	readonly reason?: string;
	readonly report?: Report;
}

export interface Student {
	readonly name: string;
	/** From a roster: what it calls them, and in which row. */
	readonly id?: string;
	readonly row?: number;
}

export type Marked = Submission & {readonly report: Report};

export const isMarked = (submission: Submission): submission is Marked => submission.report !== undefined;

/** By code points, so that the order is the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As the teacher's own list goes on; who is not on it stands behind, by file. */
export const inOrder = (a: Submission, b: Submission): number =>
	(a.student.row ?? Number.MAX_SAFE_INTEGER) - (b.student.row ?? Number.MAX_SAFE_INTEGER) || byText(a.file, b.file);

export const percentOf = ({score, max}: {readonly score: number; readonly max: number}): number =>
	max === 0 ? 0 : Math.round((100 * score) / max);

/** The objectives of a lab, in its order, from all who have it: in an exam each student has others. */
export function objectivesOf(submissions: readonly Submission[], lab: string): Array<{readonly id: string; readonly title: string}> {
	const known = new Map<string, string[]>();
	const reports = submissions.filter(isMarked).filter(({report}) => report.lab === lab);
	for (const {report} of reports) for (const {id, title} of report.objectives) known.set(id, [...(known.get(id) ?? []), title]);
	return [...known].map(([id, titles]) => ({id, title: inCommon(titles)}));
}

export const labsOf = (submissions: readonly Submission[]): string[] =>
	[...new Set(submissions.filter(isMarked).map(({report}) => report.lab))].sort(byText);
