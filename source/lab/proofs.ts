import {AnswersError, readAnswers} from './answers.js';
import {grade, type Report} from './grade.js';
import type {Lab} from './lab.js';
import {SetupError} from './start.js';

export interface Proof {
	readonly name: string;
	/** Absent when it holds. */
	readonly fault?: string;
}

/** Plays everything a lab brings: doing nothing earns nothing, every solution earns all, every wrong answer misses exactly what it names. */
export async function proofs(lab: Lab): Promise<Proof[]> {
	const all: Proof[] = [await prove('doing nothing earns nothing', () => run(lab, ''), nothingEarned)];
	for (const {name, text} of lab.solutions) all.push(await prove(`${name} earns everything`, () => run(lab, text), everythingEarned));
	for (const {name, text, misses} of lab.wrong)
		all.push(
			await prove(
				`${name} misses ${misses.join(', ')}`,
				() => run(lab, text),
				report => missesExactly(report, misses),
			),
		);
	return all;
}

const run = (lab: Lab, text: string) => grade(lab, readAnswers(text));

async function prove(name: string, play: () => Promise<Report>, faultOf: (report: Report) => string | undefined): Promise<Proof> {
	try {
		const fault = faultOf(await play());
		return {name, ...(fault && {fault})};
	} catch (error) {
		if (error instanceof SetupError || error instanceof AnswersError) return {name, fault: error.message};
		throw error;
	}
}

const nothingEarned = ({score, objectives}: Report) =>
	score === 0 ? undefined : `${objectives.filter(each => each.passed).map(each => each.id)} passed`;

function everythingEarned({passed, objectives}: Report) {
	if (passed) return undefined;
	return objectives
		.filter(each => !each.passed)
		.map(each => `${each.id}: ${each.reason}`)
		.join('; ');
}

function missesExactly({objectives}: Report, misses: readonly string[]) {
	const missed = objectives.filter(each => !each.passed).map(each => each.id);
	return [...missed].sort().join() === [...misses].sort().join() ? undefined : `it misses ${missed.join(', ') || 'nothing'}`;
}
