import {AnswersError, readAnswers} from '../lab/answers.js';
import {grade, type Report} from '../lab/grade.js';
import type {Lab} from '../lab/lab.js';
import {SetupError} from '../lab/start.js';
import {inputError} from './command.js';
import {loadSavedWorlds} from './saved-worlds.js';

/** Marks the text of one answer file. What is wrong with it, or with the lab, ends the program with a sentence. */
export async function gradeText(lab: Lab, text: string, file: string, seed: string | undefined): Promise<Report> {
	loadSavedWorlds();
	try {
		const answers = readAnswers(text);
		if (answers.lab !== undefined && answers.lab !== lab.id)
			throw new AnswersError(`it is a bundle of the lab "${answers.lab}", not of "${lab.id}"`);
		return await grade(lab, answers, {...(seed !== undefined && {seed}), explain: true, breathe: () => new Promise(setImmediate)});
	} catch (error) {
		if (error instanceof AnswersError) throw inputError(`"${file}" cannot be graded: ${error.message}.`);
		if (error instanceof SetupError) throw inputError(`the lab "${lab.id}" cannot be set up: ${error.message}.`);
		throw error;
	}
}

export function reportText({lab, score, max, objectives, notSimulated, commands, proof, from}: Report): string {
	const lines = objectives.flatMap(({title, points, max, passed, reason}) => [
		`${passed ? '✓' : '✗'} ${`${points}/${max}`.padStart(7)}  ${title}`,
		...(reason ? [`           ${reason}`] : []),
	]);
	const replayed = proof
		? [
				proof.diverged
					? `replay: another world from step ${proof.diverged.step} on (${proof.diverged.run}); the marks are those of the replay`
					: `replay: the same world after each of ${proof.steps} steps`,
			]
		: [];
	const missing = notSimulated.map(({what, count}) => `not simulated: ${what}${count > 1 ? ` (${count} times)` : ''}`);
	const began = from === undefined ? '' : `, from the checkpoint ${from}`;
	return [
		`${lab}: ${commands} commands${began}`,
		...lines,
		...missing,
		...replayed,
		`${Math.round((100 * score) / max)} % (${score} of ${max})`,
		'',
	].join('\n');
}
