import {validate} from '../../checks/validate.js';
import type {Lab, LabFiles, Language} from '../lab.js';
import {languages} from '../lab.js';
import {labShape, variablesShape} from './lab-shape.js';
import {missesOf} from '../misses.js';
import {checkProblems} from './check-problems.js';
import {commandProblems} from './command-problems.js';
import {problemsOf} from './problems.js';
import {named, type RawLab} from './raw-lab.js';
import {blamedOnVariables, referenceProblems} from './references.js';
import {defaultSeed} from '../seed.js';
import {drawFor, valuesInside} from './variant.js';
import {headingProblems} from './text-problems.js';
import {type Problem, parseYamlText} from './yaml-text.js';

export interface Loaded {
	/** Absent when there are problems. */
	readonly lab?: Lab;
	readonly problems: readonly Problem[];
}

/** Reads a lab folder. Collects every mistake, so that an author mends them in one go. `labs`: ids that a prerequisite may name, for an author: all is looked at. */
export function loadLab(files: LabFiles, folder: string, labs?: readonly string[]): Loaded {
	const file = 'lab.yaml';
	const source = files.get(file);
	if (source === undefined)
		return {problems: [{file: `${folder}/${file}`, line: 1, column: 1, message: 'this file is missing; every lab folder has one'}]};
	const yaml = parseYamlText(`${folder}/${file}`, source);
	if (yaml.problems.length > 0) return {problems: yaml.problems};
	const mistakes = blamedOnVariables(validate(written(yaml.value), labShape), yaml.value);
	if (mistakes.length > 0) return {problems: mistakes.map(mistake => yaml.locate(mistake))};
	const raw = yaml.value as RawLab;
	const problems = [
		...problemsOf(raw, files, folder, yaml),
		...checkProblems(raw, yaml),
		...(labs ? commandProblems(raw, yaml) : []),
		...referenceProblems(raw, files, yaml, labs),
		...headingProblems(files, folder),
	];
	return problems.length > 0 ? {problems} : {lab: assemble(raw, files), problems};
}

/** With its variables written out, so that `port: ${port}` is the number it will be. A damaged list of variables is told as it stands. */
function written(raw: unknown): unknown {
	const {variables, ...rest} = (raw ?? {}) as RawLab;
	if (!variables || validate(variables, variablesShape).length > 0) return raw;
	return {...(valuesInside(rest, drawFor({variables}, defaultSeed).values) as object), variables};
}

function assemble(raw: RawLab, files: LabFiles): Lab {
	return {
		...raw,
		cluster: raw.cluster ?? 'base',
		prerequisites: raw.prerequisites ?? [],
		variables: raw.variables ?? {},
		faults: raw.faults ?? [],
		checkpoints: raw.checkpoints ?? [],
		files: (raw.files ?? []).map(({on, path, mode, content, from, when, edit}) => ({
			...(edit && {edit}),
			...(when && {when}),
			on,
			path,
			content: content ?? files.get(from ?? '') ?? '',
			...(mode && {mode}),
		})),
		objectives: raw.objectives.map(objective => ({
			...objective,
			keep: objective.keep ?? false,
			hints: (objective.hints ?? []).map(({text, cost = 0}) => ({text, cost})),
		})),
		text: Object.fromEntries(languages.map(language => [language, files.get(`${language}.md`)!])) as Record<Language, string>,
		setup: named(files, /^setup\/[^/]+\.ya?ml$/),
		solutions: named(files, /^solution(-[^/]+)?\.sh$/),
		wrong: named(files, /^wrong\/[^/]+\.sh$/).map(each => ({...each, misses: missesOf(each.text)})),
	};
}
