import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Language} from '../../lab/lab.js';
import type {ClassReport} from '../../lab/class/class-report.js';
import {type CliCommand, type CliOptions, exitStatus, inputError, usageError} from '../command.js';
import {writeAtomic} from '../folders.js';
import type {Host} from '../host.js';

const defaultLimitSeconds = 60;

const command: CliCommand = {
	name: 'grade',
	summary: 'Mark the answers of a whole class, a folder or a zip, on every core',
	usage: 'grade FOLDER [--lab ID] [--roster F] [--csv F] [--html F] [--junit F] [--json] [--shard I/N] | grade --merge A.json B.json ...',
	options: {
		lab: {type: 'string', value: 'ID', help: 'the lab; when absent, each file says which (its name, a bundle, "# lab: ID")'},
		roster: {type: 'string', value: 'FILE', help: 'CSV with the columns name, id, file: names, and who handed nothing in'},
		csv: {type: 'string', value: 'FILE', help: 'write a table for Excel or Moodle'},
		html: {type: 'string', value: 'FILE', help: 'write one page with statistics, mistakes and timelines'},
		junit: {type: 'string', value: 'FILE', help: 'write JUnit XML, a test suite each submission'},
		json: {type: 'boolean', help: 'everything as one JSON object, nothing else'},
		shard: {type: 'string', value: 'I/N', help: 'mark only the I-th of N parts of the class'},
		merge: {type: 'boolean', help: 'join what --shard ... --json printed, instead of marking'},
		limit: {type: 'string', value: 'SECONDS', help: `processor time that one file may take (default ${defaultLimitSeconds})`},
		threads: {type: 'string', value: 'N', help: 'how many threads (default: one a core)'},
		lang: {type: 'string', value: 'en|zh', help: 'language of the page and of titles'},
		seed: {type: 'string', value: 'TEXT', help: 'seed of the cluster'},
	},
	words: {min: 1, max: 10_000},
	async run(words, options, host) {
		if (!options['merge'] && words.length > 1) throw usageError('"kubelab grade" marks one folder at a time.');
		const report = options['merge'] ? await mergeFiles(words, host) : await mark(words[0]!, options, host);
		const language = await languageOf(options, host);
		const {inLanguage} = await import('../../lab/class/in-language.js');
		const told = inLanguage(report, language);
		await writeReports(told, options, language);
		const {classText} = await import('../class/class-text.js');
		await host.out(options['json'] ? `${JSON.stringify(report)}\n` : classText(told, language));
		return report.submissions.some(each => each.status === 'unmarked') ? exitStatus.missed : exitStatus.done;
	},
};
export default command;

async function mark(folder: string, options: CliOptions, host: Host): Promise<ClassReport> {
	const {lab, roster, seed} = options as Readonly<Record<string, string | undefined>>;
	const given = {
		language: await languageOf(options, host),
		...(lab !== undefined && {lab}),
		...(roster !== undefined && {roster}),
		...(seed !== undefined && {seed}),
		...(options['threads'] !== undefined && {threads: positive('threads', options['threads'])}),
		shard: shardFrom(options['shard']),
		limitSeconds: options['limit'] === undefined ? defaultLimitSeconds : positive('limit', options['limit']),
	};
	if (lab !== undefined) await (await import('../lab-files.js')).findLab(lab);
	const {markClass} = await import('../class/mark-class.js');
	const shows = host.stdoutIsTerminal && !options['json'];
	const report = await markClass(folder, {
		...given,
		...(shows && {onProgress: (done: number, all: number) => host.err(`\r${done} of ${all}`)}),
	});
	if (shows) host.err('\r\u001b[K');
	return report;
}

async function mergeFiles(files: readonly string[], host: Host): Promise<ClassReport> {
	const {mergeReports, missingShards, readClassReport} = await import('../../lab/class/merge.js');
	const reports = files.map(file => {
		try {
			return readClassReport(readFileSync(file, 'utf8'));
		} catch (error) {
			throw inputError(`"${file}" cannot be merged: ${(error as Error).message}.`);
		}
	});
	try {
		const report = mergeReports(reports);
		const missing = missingShards(report);
		if (missing.length > 0) host.err(`kubelab: not the whole class: shard ${missing.join(', ')} of ${report.shardCount} is missing\n`);
		return report;
	} catch (error) {
		if (error instanceof SyntaxError) throw inputError(`these reports do not fit together: ${error.message}.`);
		throw error;
	}
}

async function writeReports(report: ClassReport, {csv, html, junit}: CliOptions, language: Language) {
	if (typeof csv === 'string') save(csv, (await import('../../lab/class/csv.js')).classCsv(report, language));
	if (typeof junit === 'string') save(junit, (await import('../../lab/class/class-junit.js')).classJunit(report));
	if (typeof html === 'string') save(html, (await import('../../lab/class/html/page.js')).classPage(report, language));
}

async function languageOf({lang}: CliOptions, host: Host): Promise<Language> {
	const {languageFrom} = await import('../language.js');
	return languageFrom(lang ?? 'en', host, {labs: {}});
}

function save(file: string, text: string) {
	try {
		writeAtomic(path.resolve(file), text);
	} catch (error) {
		throw usageError(`cannot write "${file}": ${(error as Error).message}.`);
	}
}

function shardFrom(text: unknown): readonly [number, number] {
	if (text === undefined) return [1, 1];
	const [, shard = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(String(text)) ?? []).map(Number);
	if (shard < 1 || count < shard) throw usageError(`"--shard ${text}" is not I/N with I from 1 to N, such as 2/5.`);
	return [shard, count];
}

function positive(name: string, text: unknown): number {
	const value = Number(text);
	if (!(value >= 1 && value <= 86_400)) throw usageError(`"--${name} ${text}" is not a number from 1 on.`);
	return Math.floor(value);
}
