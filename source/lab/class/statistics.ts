import type {ObjectiveMark} from '../judge.js';
import {inCommon, kindOf} from './in-common.js';
import {byText, isMarked, labsOf, objectivesOf, type Submission} from './class-report.js';

/** How a class did in one objective. */
export interface ObjectiveStatistics {
	readonly lab: string;
	readonly id: string;
	readonly title: string;
	readonly passed: number;
	readonly count: number;
	/** Why it was missed, the most frequent reason first. */
	readonly mistakes: ReadonlyArray<{readonly reason: string; readonly count: number}>;
}

const mistakesShown = 5;

/** Of every objective of every lab, in the order of the labs' own lists. */
export function objectiveStatistics(submissions: readonly Submission[]): ObjectiveStatistics[] {
	const marked = submissions.filter(isMarked);
	return labsOf(submissions).flatMap(lab => {
		const all = marked.filter(({report}) => report.lab === lab).flatMap(({report}) => report.objectives);
		return objectivesOf(submissions, lab).map(({id, title}) => {
			const marks = all.filter(mark => mark.id === id);
			const missed = marks.filter(mark => !mark.passed);
			return {lab, id, title, passed: marks.length - missed.length, count: marks.length, mistakes: frequent(missed)};
		});
	});
}

function frequent(missed: readonly ObjectiveMark[]) {
	const kinds = new Map<string, string[]>();
	for (const {reason} of missed) kinds.set(kindOf(reason), [...(kinds.get(kindOf(reason)) ?? []), reason]);
	return [...kinds.values()]
		.map(reasons => ({reason: inCommon(reasons), count: reasons.length}))
		.sort((a, b) => b.count - a.count || byText(a.reason, b.reason))
		.slice(0, mistakesShown);
}

/** Marks by tens of per cent: eleven counts, the last for full marks alone. */
export function distribution(percents: readonly number[]): number[] {
	const counts = Array.from({length: 11}, () => 0);
	for (const percent of percents) counts[Math.floor(percent / 10)]!++;
	return counts;
}
