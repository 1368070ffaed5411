import {existsSync} from 'node:fs';
import path from 'node:path';
import {type CliCommand, exitStatus, inputError, usageError} from '../command.js';
import {writeAtomic} from '../folders.js';
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
		const {gradeText, reportText} = await import('../grade-text.js');
		const text = file === '-' ? new TextDecoder().decode(await host.readStdin()) : readAnswerFile(lab.id, file);
		const report = await gradeText(lab, text, file, typeof options['seed'] === 'string' ? options['seed'] : undefined);
		if (typeof options['junit'] === 'string') {
			const {junitXml} = await import('../../lab/junit.js');
			save(options['junit'], junitXml(report, path.basename(file)));
		}
		await host.out(options['json'] ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report));
		return report.passed ? exitStatus.done : exitStatus.missed;
	},
};
export default command;

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
