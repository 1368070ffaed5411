import {validate} from '../checks/validate.js';
import type {Lab, LabFiles, Language, NamedText, Objective, PlacedFile, WrongAnswer} from './lab.js';
import {languages} from './lab.js';
import {labShape} from './lab-shape.js';
import {type Problem, parseYamlText, type YamlText} from './yaml-text.js';

export interface Loaded {
	/** Absent when there are problems. */
	readonly lab?: Lab;
	readonly problems: readonly Problem[];
}

/** Reads a lab folder. Collects every mistake, so that an author mends them in one go. */
export function loadLab(files: LabFiles, folder: string): Loaded {
	const file = 'lab.yaml';
	const source = files.get(file);
	if (source === undefined)
		return {problems: [{file: `${folder}/${file}`, line: 1, column: 1, message: 'this file is missing; every lab folder has one'}]};
	const yaml = parseYamlText(`${folder}/${file}`, source);
	if (yaml.problems.length > 0) return {problems: yaml.problems};
	const mistakes = validate(yaml.value, labShape);
	if (mistakes.length > 0) return {problems: mistakes.map(mistake => yaml.locate(mistake))};
	const raw = yaml.value as RawLab;
	const problems = [
		...crossChecks(raw, yaml, folder),
		...missingFiles(raw, files, folder, yaml),
		...wrongAnswerProblems(raw, files, folder),
		...setupProblems(files, folder),
	];
	return problems.length > 0 ? {problems} : {lab: assemble(raw, files), problems};
}

interface RawLab extends Omit<Lab, 'objectives' | 'files' | 'cluster' | 'prerequisites'> {
	readonly cluster?: string;
	readonly prerequisites?: readonly string[];
	readonly files?: ReadonlyArray<Omit<PlacedFile, 'content'> & {readonly content?: string; readonly from?: string}>;
	readonly objectives: ReadonlyArray<Omit<Objective, 'keep'> & {readonly keep?: boolean}>;
}

function assemble(raw: RawLab, files: LabFiles): Lab {
	return {
		...raw,
		cluster: raw.cluster ?? 'base',
		prerequisites: raw.prerequisites ?? [],
		files: (raw.files ?? []).map(({on, path, mode, content, from}) => ({
			on,
			path,
			content: content ?? files.get(from ?? '') ?? '',
			...(mode && {mode}),
		})),
		objectives: raw.objectives.map(objective => ({...objective, keep: objective.keep ?? false})),
		text: Object.fromEntries(languages.map(language => [language, files.get(`${language}.md`)!])) as Record<Language, string>,
		setup: named(files, /^setup\/[^/]+\.ya?ml$/),
		solutions: named(files, /^solution(-[^/]+)?\.sh$/),
		wrong: wrongAnswers(files),
	};
}

const named = (files: LabFiles, form: RegExp): NamedText[] =>
	[...files]
		.filter(([name]) => form.test(name))
		.map(([name, text]) => ({name, text}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));

const missesLine = /^#\s*misses:\s*(.*)$/m;

function wrongAnswers(files: LabFiles): WrongAnswer[] {
	return named(files, /^wrong\/[^/]+\.sh$/).map(({name, text}) => ({name, text, misses: idsIn(missesLine.exec(text)?.[1] ?? '')}));
}

const idsIn = (text: string) => text.split(/[\s,]+/).filter(Boolean);

/** What no single field can tell. */
function crossChecks(raw: RawLab, yaml: YamlText, folder: string): Problem[] {
	const ids = raw.objectives.map(objective => objective.id);
	const twice = ids.flatMap((id, index) =>
		ids.indexOf(id) < index
			? [yaml.locate({path: ['objectives', index, 'id'], message: `"${id}" is used twice; every objective needs an id of its own`})]
			: [],
	);
	const allKept = raw.objectives.every(objective => objective.keep)
		? [yaml.locate({path: ['objectives'], message: 'every objective says keep: true; then nothing could earn points'})]
		: [];
	const name = folder.split('/').at(-1);
	const otherName =
		name === raw.id ? [] : [yaml.locate({path: ['id'], message: `the folder is called "${name}"; id and folder must be the same`})];
	return [...twice, ...allKept, ...otherName];
}

function missingFiles(raw: RawLab, files: LabFiles, folder: string, yaml: YamlText): Problem[] {
	const texts = languages.map(language => `${language}.md`).filter(name => !files.get(name)?.trim());
	const needed = [...texts, ...(files.has('solution.sh') ? [] : ['solution.sh'])];
	const copied = (raw.files ?? []).flatMap(({content, from}, index) => {
		const path = ['files', index];
		if ((content === undefined) === (from === undefined))
			return [yaml.locate({path, message: 'write either "content" or "from", one of the two'})];
		return from !== undefined && !files.has(from)
			? [yaml.locate({path: [...path, 'from'], message: `there is no file "${from}" in the lab folder`})]
			: [];
	});
	return [
		...needed.map(name => ({file: `${folder}/${name}`, line: 1, column: 1, message: 'this file is missing or empty; every lab has one'})),
		...copied,
	];
}

function wrongAnswerProblems(raw: RawLab, files: LabFiles, folder: string): Problem[] {
	const ids = raw.objectives.map(objective => objective.id);
	return wrongAnswers(files).flatMap(({name, text, misses}) => {
		const at = (message: string): Problem => {
			const line = text.slice(0, missesLine.exec(text)?.index ?? 0).split('\n').length;
			return {file: `${folder}/${name}`, line, column: 1, message};
		};
		if (misses.length === 0) return [at('say which objectives it must miss: a line "# misses: ID, ID"')];
		return misses.filter(id => !ids.includes(id)).map(id => at(`there is no objective "${id}"; known: ${ids.join(', ')}`));
	});
}

const setupProblems = (files: LabFiles, folder: string): Problem[] =>
	named(files, /^setup\/[^/]+\.ya?ml$/).flatMap(({name, text}) =>
		text.split(/^---\s*$/m).flatMap(part => parseYamlText(`${folder}/${name}`, part).problems),
	);
