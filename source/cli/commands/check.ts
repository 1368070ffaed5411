import {existsSync} from 'node:fs';
import path from 'node:path';
import type {Report} from '../../lab/grade.js';
import {type CliCommand, exitStatus, inputError, usageError} from '../command.js';
import {writeAtomic} from '../folders.js';
import type {Host} from '../host.js';
import {findLab, labsFolder} from '../lab-files.js';
import {readText} from './sh.js';

const command: CliCommand = {
	name: 'check',
	summary: 'Mark one answer file offline, by replaying it',
	usage: 'check LAB ANSWERS [--json] [--junit FILE] [--seed TEXT]',
	options: {
		json: {type: 'boolean', help: 'the result as one JSON object, nothing else'},
		junit: {type: 'string', value: 'FILE', help: 'also write the result as JUnit XML'},
		seed: {type: 'string', value: 'TEXT', help: 'seed of the cluster'},
	},
	words: {min: 2, max: 2},
	async run([name = '', file = ''], options, host) {
		const lab = await findLab(name);
		const report = await gradeFile(lab, file, options['seed'], host);
		if (typeof options['junit'] === 'string') {
			const {junitXml} = await import('../../lab/junit.js');
			save(options['junit'], junitXml(report, path.basename(file)));
		}
		await host.out(options['json'] ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report));
		return report.passed ? exitStatus.done : exitStatus.missed;
	},
};
export default command;

async function gradeFile(lab: Awaited<ReturnType<typeof findLab>>, file: string, seed: unknown, host: Host): Promise<Report> {
	const {AnswersError, readAnswers} = await import('../../lab/answers.js');
	const {grade} = await import('../../lab/grade.js');
	const {SetupError} = await import('../../lab/start.js');
	const {loadSavedWorlds} = await import('../saved-worlds.js');
	loadSavedWorlds();
	const text = file === '-' ? new TextDecoder().decode(await host.readStdin()) : readAnswerFile(lab.id, file);
	try {
		const answers = readAnswers(text);
		if (answers.lab !== undefined && answers.lab !== lab.id)
			throw new AnswersError(`it is a bundle of the lab "${answers.lab}", not of "${lab.id}"`);
		return await grade(lab, answers, {...(typeof seed === 'string' && {seed}), breathe: () => new Promise(setImmediate)});
	} catch (error) {
		if (error instanceof AnswersError) throw inputError(`"${file}" cannot be graded: ${error.message}.`);
		if (error instanceof SetupError) throw inputError(`the lab "${lab.id}" cannot be set up: ${error.message}.`);
		throw error;
	}
}

function readAnswerFile(lab: string, file: string): string {
	const shipped = path.join(labsFolder(), lab, file);
	if (!existsSync(file) && !file.includes('..') && existsSync(shipped)) {
		throw inputError(`cannot read "${file}": there is no such file here; the lab's own is ${path.relative('', shipped)}.`);
	}
	return readText(file);
}

function save(file: string, text: string) {
	try {
		writeAtomic(path.resolve(file), text);
	} catch (error) {
		throw usageError(`cannot write "${file}": ${(error as Error).message}.`);
	}
}

export function reportText({lab, score, max, objectives, notSimulated, commands}: Report): string {
	const lines = objectives.flatMap(({title, points, max, passed, reason}) => [
		`${passed ? '✓' : '✗'} ${`${points}/${max}`.padStart(7)}  ${title}`,
		...(reason ? [`           ${reason}`] : []),
	]);
	const missing = notSimulated.map(({what, count}) => `not simulated: ${what}${count > 1 ? ` (${count} times)` : ''}`);
	return [`${lab}: ${commands} commands`, ...lines, ...missing, `${Math.round((100 * score) / max)} % (${score} of ${max})`, ''].join('\n');
}
