import {AnswersError, readAnswers} from '../lab/answers.js';
import {grade, type Report} from '../lab/grade.js';
import type {Lab, Language} from '../lab/lab.js';
import {reasonIn} from '../lab/reasons-zh.js';
import {remarks, say} from '../lab/report-words.js';
import {SetupError} from '../lab/start.js';
import {inputError} from './command.js';
import {loadSavedWorlds} from './saved-worlds.js';

/** Marks the text of one answer file. What is wrong with it, or with the lab, ends the program with a sentence. */
export async function gradeText(
	lab: Lab,
	text: string,
	file: string,
	{seed, language}: {readonly seed?: string; readonly language: Language},
): Promise<Report> {
	loadSavedWorlds();
	try {
		const answers = readAnswers(text);
		if (answers.lab !== undefined && answers.lab !== lab.id)
			throw new AnswersError(`it is a bundle of the lab "${answers.lab}", not of "${lab.id}"`);
		return await grade(lab, answers, {
			...(seed !== undefined && {seed}),
			language,
			explain: true,
			breathe: () => new Promise(setImmediate),
		});
	} catch (error) {
		if (error instanceof AnswersError) throw inputError(`"${file}" cannot be graded: ${error.message}.`);
		if (error instanceof SetupError) throw inputError(`the lab "${lab.id}" cannot be set up: ${error.message}.`);
		throw error;
	}
}

export function reportText(report: Report, language: Language): string {
	const {lab, score, max, objectives, commands, from} = report;
	const lines = objectives.flatMap(({title, points, max, passed, reason}) => [
		`${passed ? '✓' : '✗'} ${`${points}/${max}`.padStart(7)}  ${title}`,
		...(reason ? [`           ${reasonIn(language, reason)}`] : []),
	]);
	const began = from === undefined ? '' : say(language, 'from', {id: from});
	return [
		`${say(language, commands === 1 ? 'command' : 'commands', {lab, n: commands})}${began}`,
		...lines,
		...remarks(report, language),
		say(language, 'sum', {percent: Math.round((100 * score) / max), n: score, max}),
		'',
	].join('\n');
}
