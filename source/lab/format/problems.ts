import {isObject, shown} from '../../checks/validate.js';
import {blankedBlocks, blockNames} from './drawn-blocks.js';
import {languages, type LabFiles} from '../lab.js';
import {missesLine, missesOf} from '../misses.js';
import {named, type RawLab} from './raw-lab.js';
import {type Problem, parseYamlText, type YamlText} from './yaml-text.js';

/** What no single field can tell: files that are missing, names that lead nowhere. */
export const problemsOf = (raw: RawLab, files: LabFiles, folder: string, yaml: YamlText): Problem[] => [
	...crossChecks(raw, yaml, folder),
	...drawProblems(raw, files, folder, yaml),
	...checkpointProblems(raw, files, yaml),
	...missingFiles(raw, files, folder, yaml),
	...wrongAnswerProblems(raw, files, folder),
	...setupProblems(raw, files, folder),
];

function crossChecks(raw: RawLab, yaml: YamlText, folder: string): Problem[] {
	const twice = (['objectives', 'checkpoints'] as const).flatMap(key => {
		const ids = (raw[key] ?? []).map(each => each.id);
		return ids.flatMap((id, index) =>
			ids.indexOf(id) < index
				? [yaml.locate({path: [key, index, 'id'], message: `"${id}" is used twice; each of the ${key} needs an id of its own`})]
				: [],
		);
	});
	const allKept = raw.objectives.every(objective => objective.keep)
		? [yaml.locate({path: ['objectives'], message: 'every objective says keep: true; then nothing could earn points'})]
		: [];
	const name = folder.split('/').at(-1);
	const otherName =
		name === raw.id ? [] : [yaml.locate({path: ['id'], message: `the folder is called "${name}"; id and folder must be the same`})];
	const dear = raw.objectives.flatMap(({hints = [], points}, index) =>
		hints.reduce((sum, {cost = 0}) => sum + cost, 0) > points
			? [yaml.locate({path: ['objectives', index, 'hints'], message: `the hints cost more than the ${points} points of the objective`})]
			: [],
	);
	return [...twice, ...allKept, ...otherName, ...dear];
}

/** `when:` and `# if:` must name a fault or a task, and each of those must make a difference somewhere. */
function drawProblems(raw: RawLab, files: LabFiles, folder: string, yaml: YamlText): Problem[] {
	const known = [...(raw.faults ?? []), ...(raw.exam?.tasks ?? [])];
	const unknown = (name: string) =>
		`"${name}" is neither a fault nor a task of this lab${known.length > 0 ? `; known: ${known.join(', ')}` : ''}`;
	const inYaml = (['objectives', 'files'] as const).flatMap(key =>
		(raw[key] ?? []).flatMap(({when}, index) =>
			when === undefined || known.includes(when) ? [] : [yaml.locate({path: [key, index, 'when'], message: unknown(when)})],
		),
	);
	const blocks = [...files].filter(([name]) => /\.(md|sh|ya?ml)$/.test(name) && name !== 'lab.yaml');
	const inFiles = blocks.flatMap(([name, text]) =>
		blockNames(text)
			.filter(each => !known.includes(each.name))
			.map(each => ({file: `${folder}/${name}`, line: each.line, column: 1, message: unknown(each.name)})),
	);
	const used = new Set([
		...blocks.flatMap(([, text]) => blockNames(text).map(each => each.name)),
		...[...raw.objectives, ...(raw.files ?? [])].map(each => each.when),
	]);
	const idle = known.filter(name => !used.has(name));
	const place = raw.faults ? 'faults' : 'exam';
	return [
		...inYaml,
		...inFiles,
		...idle.map(name => yaml.locate({path: [place], message: `"${name}" changes nothing: no "when: ${name}" and no "# if: ${name}"`})),
	];
}

function checkpointProblems(raw: RawLab, files: LabFiles, yaml: YamlText): Problem[] {
	const marked = [...(files.get('solution.sh') ?? '').matchAll(/^#\s*checkpoint:\s*(\S+)\s*$/gm)].map(match => match[1]);
	return (raw.checkpoints ?? []).flatMap(({id}, index) =>
		marked.includes(id)
			? []
			: [yaml.locate({path: ['checkpoints', index, 'id'], message: `solution.sh has no line "# checkpoint: ${id}" to stop at`})],
	);
}

function missingFiles(raw: RawLab, files: LabFiles, folder: string, yaml: YamlText): Problem[] {
	const texts = languages.map(language => `${language}.md`).filter(name => !files.get(name)?.trim());
	const needed = [...texts, ...(files.has('solution.sh') ? [] : ['solution.sh'])];
	const copied = (raw.files ?? []).flatMap(({content, from, edit}, index) => {
		const path = ['files', index];
		if ([content, from, edit].filter(each => each !== undefined).length !== 1)
			return [yaml.locate({path, message: 'write "content", "from" or "edit", one of the three'})];
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
	return named(files, /^wrong\/[^/]+\.sh$/).flatMap(({name, text}) => {
		const misses = missesOf(text);
		const at = (message: string): Problem => {
			const line = text.slice(0, missesLine.exec(text)?.index ?? 0).split('\n').length;
			return {file: `${folder}/${name}`, line, column: 1, message};
		};
		if (misses.length === 0) return [at('say which objectives it must miss: a line "# misses: ID, ID"')];
		return misses.filter(id => !ids.includes(id)).map(id => at(`there is no objective "${id}"; known: ${ids.join(', ')}`));
	});
}

/** What the API server could not even be asked to take. */
function notAnObject({value, place}: YamlText['documents'][number]): Problem[] {
	if (value === null || value === undefined) return [];
	if (!isObject(value)) return [place(`this is ${shown(value)}, and no object; write apiVersion, kind and metadata`)];
	const missing = ['apiVersion', 'kind'].filter(key => typeof value[key] !== 'string');
	return missing.length > 0 ? [place(`this object has no ${missing.join(' and no ')}`)] : [];
}

function setupProblems(raw: RawLab, files: LabFiles, folder: string): Problem[] {
	const drawn = [...(raw.faults ?? []), ...(raw.exam?.tasks ?? [])];
	const draws = drawn.length > 0 ? drawn.map(name => new Set([name])) : [new Set<string>()];
	const problems = named(files, /^setup\/[^/]+\.ya?ml$/).flatMap(({name, text}) =>
		draws.flatMap(draw => {
			const yaml = parseYamlText(`${folder}/${name}`, blankedBlocks(text, draw), {documents: 'many'});
			return yaml.problems.length > 0 ? yaml.problems : yaml.documents.flatMap(each => notAnObject(each));
		}),
	);
	return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()];
}
