import {existsSync} from 'node:fs';
import path from 'node:path';
import type {Lab} from '../../lab/lab.js';
import {type CliCommand, type CliOptions, exitStatus, usageError} from '../command.js';
import type {Host} from '../host.js';
import {writeAtomic} from '../folders.js';
import {findFolder, findLab} from '../lab-files.js';
import {readText} from './sh.js';

const command: CliCommand = {
	name: 'check',
	summary: 'Mark one answer file offline, by replaying it',
	usage: 'check LAB ANSWERS [--json] [--junit FILE] [--seed TEXT] [--lang en|zh] | check LAB --cluster [--context NAME]',
	options: {
		json: {type: 'boolean', help: 'the result as one JSON object, nothing else'},
		junit: {type: 'string', value: 'FILE', help: 'also write the result as JUnit XML'},
		seed: {type: 'string', value: 'TEXT', help: 'seed of the cluster'},
		lang: {type: 'string', value: 'en|zh', help: 'language of titles and reasons'},
		cluster: {type: 'boolean', help: 'mark a real cluster as it stands now, through kubectl'},
		context: {type: 'string', value: 'NAME', help: 'with --cluster: which context of the kubeconfig'},
		'probe-image': {type: 'string', value: 'IMAGE', help: 'with --cluster: what probe pods run; it has curl (curlimages/curl)'},
	},
	words: {min: 1, max: 2},
	async run([name = '', file = ''], options, host) {
		const lab = await findLab(name);
		if (options['cluster']) return checkReal(lab, options, host);
		if (file === '') throw usageError(`"kubelab check" needs more words: kubelab ${command.usage}`);
		const {gradeText, reportText} = await import('../grade-text.js');
		const {languageFrom} = await import('../language.js');
		const language = languageFrom(options['lang'], host, {labs: {}});
		const seed = typeof options['seed'] === 'string' ? options['seed'] : undefined;
		const text =
			file === '-' ? new TextDecoder().decode(await host.readStdin()) : await readAnswer(lab, await findFolder(name), file, seed);
		const report = await gradeText(lab, text, file, {language, ...(seed !== undefined && {seed})});
		if (typeof options['junit'] === 'string') {
			const {junitXml} = await import('../../lab/junit.js');
			save(options['junit'], junitXml(report, path.basename(file)));
		}
		await host.out(options['json'] ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, language));
		return report.passed ? exitStatus.done : exitStatus.missed;
	},
};
export default command;

async function checkReal(of: Lab, options: CliOptions, host: Host): Promise<number> {
	const {markReal, realReportText} = await import('../real/mark.js');
	const {variantOf} = await import('../../lab/format/variant.js');
	const {defaultSeed} = await import('../../lab/seed.js');
	const {
		context,
		'probe-image': probeImage = 'curlimages/curl',
		seed = defaultSeed,
	} = options as Readonly<Record<string, string | undefined>>;
	const report = await markReal(variantOf(of, seed), {probeImage, env: host.env, ...(context !== undefined && {context})});
	await host.out(options['json'] ? `${JSON.stringify(report, undefined, 2)}\n` : realReportText(report));
	return report.passed ? exitStatus.done : exitStatus.missed;
}

/** An answer that the lab brings with it, `wrong/x.sh`, is written for the seed, as `lab test` plays it; so it is found from anywhere. */
async function readAnswer(lab: Lab, folder: string, file: string, seed: string | undefined): Promise<string> {
	const name = existsSync(file) ? path.relative(folder, path.resolve(file)) : file;
	const {variantOf} = await import('../../lab/format/variant.js');
	const {defaultSeed} = await import('../../lab/seed.js');
	const {solutions, wrong} = variantOf(lab, seed ?? defaultSeed);
	return [...solutions, ...wrong].find(each => each.name === name)?.text ?? readText(file);
}

function save(file: string, text: string) {
	try {
		writeAtomic(path.resolve(file), text);
	} catch (error) {
		throw usageError(`cannot write "${file}": ${(error as Error).message}.`);
	}
}
