import {readFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {AnswersError} from '../../lab/answers.js';
import {byText, type ClassReport, inOrder, type Submission} from '../../lab/class/class-report.js';
import {decode} from '../../lab/class/decode.js';
import {shardOf} from '../../lab/class/merge.js';
import {absentStudents, nameStudents, readRoster, type RosterEntry, studentOf} from '../../lab/class/students.js';
import type {Language} from '../../lab/lab.js';
import {inputError} from '../command.js';
import {readCourse} from '../lab-files.js';
import {type ClassFile, readClass} from './folder.js';
import type {Job, JobResult} from './job.js';
import {runPool} from './pool.js';

export interface ClassOptions {
	readonly lab?: string;
	readonly seed?: string;
	readonly language: Language;
	readonly roster?: string;
	readonly shard: readonly [number, number];
	readonly limitSeconds: number;
	readonly threads?: number;
	readonly onProgress?: (done: number, all: number) => void;
}

/** Marks every file of a folder or zip. What is wrong with one file is said of that file, and never ends the run. */
export async function markClass(source: string, options: ClassOptions): Promise<ClassReport> {
	const {labs} = await readCourse();
	const roster = options.roster === undefined ? [] : rosterFrom(options.roster);
	const files = filesFrom(source);
	const students = nameStudents(
		files.map(({file}) => file),
		roster,
		labs,
	);
	const absent = absentStudents(roster, students.values()).map(entry => ({file: `roster:${entry.id ?? entry.name}`, entry}));
	const [shard, shardCount] = options.shard;
	const all = [...files, ...absent].sort((a, b) => byText(a.file, b.file));
	const mine = shardOf(all, shard, shardCount);
	const present = mine.filter((each): each is ClassFile => 'read' in each);
	let done = 0;
	const results = await runPool(present.length, {
		threads: options.threads ?? availableParallelism(),
		limitSeconds: options.limitSeconds,
		job: index => jobOf(present[index]!, options, labs),
		onResult: () => options.onProgress?.(++done, present.length),
	});
	// Not by name: an archive may hold two files of one name.
	const marked = new Map(present.map((each, index) => [each, results[index]!]));
	const submissions = mine
		.map((each): Submission => {
			if (!('read' in each)) return absence(each.file, each.entry);
			const result = marked.get(each)!;
			return {file: each.file, student: students.get(each.file)!, status: 'report' in result ? 'marked' : 'unmarked', ...result};
		})
		.sort(inOrder);
	return {kubelab: 1, form: 'class', shards: [shard], shardCount, submissions};
}

const absence = (file: string, entry: RosterEntry): Submission => ({
	file,
	student: studentOf(entry),
	status: 'absent',
	reason: 'no file of this student was found',
});

function jobOf({file, read}: ClassFile, {lab, seed, language}: ClassOptions, labs: readonly string[]): Job | JobResult {
	try {
		const labInPath = labs.filter(id => file.includes(id)).sort((a, b) => b.length - a.length)[0];
		return {bytes: read(), language, ...(lab !== undefined && {lab}), ...(labInPath && {labInPath}), ...(seed !== undefined && {seed})};
	} catch (error) {
		if (error instanceof AnswersError) return {reason: error.message};
		throw error;
	}
}

function filesFrom(source: string): ClassFile[] {
	try {
		const files = readClass(source);
		if (files.length > 0) return files;
	} catch (error) {
		throw inputError(`"${source}" cannot be graded: ${sentenceOf(error as NodeJS.ErrnoException)}.`);
	}
	throw inputError(`there is no answer in "${source}"; hidden folders, and what editors and archivers leave behind, are not looked at.`);
}

function rosterFrom(file: string): RosterEntry[] {
	try {
		return readRoster(decode(readFileSync(file)));
	} catch (error) {
		throw inputError(`the roster "${file}" cannot be read: ${sentenceOf(error as NodeJS.ErrnoException)}.`);
	}
}

const sentenceOf = (error: NodeJS.ErrnoException) =>
	error.code === 'ENOENT' ? 'there is no such file or folder' : error.code === 'EACCES' ? 'you may not read it' : error.message;
