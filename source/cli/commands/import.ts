import {type CliCommand, exitStatus, inputError} from '../command.js';
import {readText} from './sh.js';

const command: CliCommand = {
	name: 'import',
	summary: 'Take over what "export" wrote: replay it, prove it, go on from it',
	usage: 'import FILE [--json]',
	options: {json: {type: 'boolean', help: 'the result as one JSON object, nothing else'}},
	words: {min: 1, max: 1},
	async run([file = ''], options, host) {
		const {gradeText, reportText} = await import('../grade-text.js');
		const {readAnswers, AnswersError} = await import('../../lab/answers.js');
		const {findLab} = await import('../lab-files.js');
		const {languageFrom} = await import('../language.js');
		const language = languageFrom(undefined, host, {labs: {}});
		const text = readText(file);
		const answers = (() => {
			try {
				return readAnswers(text);
			} catch (error) {
				if (error instanceof AnswersError) throw inputError(`"${file}" cannot be imported: ${error.message}.`);
				throw error;
			}
		})();
		if (answers.form !== 'bundle' || answers.lab === undefined || answers.seed === undefined)
			throw inputError(`"${file}" is no bundle of "kubelab export"; "kubelab check LAB ${file}" marks scripts and transcripts.`);
		const report = await gradeText(await findLab(answers.lab), text, file, {language});
		await host.out(options['json'] ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, language));
		if (report.proof?.diverged) return exitStatus.missed;
		const {openSession} = await import('../sessions.js');
		const session = openSession(host, answers.lab, answers.seed, answers.from);
		const trouble = session.notice ?? session.record(answers.steps);
		session.close();
		if (trouble) host.err(`kubelab: ${trouble}\n`);
		else if (!options['json']) {
			const at = answers.from === undefined ? '' : ` --at ${answers.from}`;
			await host.out(`"kubelab start ${answers.lab} --seed ${answers.seed}${at}" goes on from here.\n`);
		}
		return exitStatus.done;
	},
};
export default command;
