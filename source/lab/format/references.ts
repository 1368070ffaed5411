import {nearest} from '../../checks/nearest.js';
import {isObject, type Mistake, type Path} from '../../checks/validate.js';
import type {LabFiles} from '../lab.js';
import type {RawLab} from './raw-lab.js';
import {numberOf} from './variant.js';
import type {Problem, YamlText} from './yaml-text.js';

/** Words in lab.yaml that lead to something else: a variable, another lab, a range. */
export function referenceProblems(raw: RawLab, files: LabFiles, yaml: YamlText, labs?: readonly string[]): Problem[] {
	const unwritable = unwritableNames(raw, yaml);
	const uses = unwritable.length > 0 ? unwritable : [...unknownVariables(raw, yaml), ...idleVariables(raw, files, yaml)];
	return [...uses, ...unknownLabs(raw, yaml, labs), ...emptyDraws(raw, yaml)];
}

/** A number that reads `${name}` is wrong for want of a variable: that is said of the variable, or of the name that leads to none. */
export function blamedOnVariables(mistakes: readonly Mistake[], raw: unknown): Mistake[] {
	const variables = isObject(raw) && isObject(raw['variables']) ? raw['variables'] : {};
	const damaged = mistakes.some(({path}) => path[0] === 'variables');
	return mistakes.flatMap(mistake => {
		const name = /found "\$\{(\w+)\}"/.exec(mistake.message)?.[1];
		if (name === undefined) return [mistake];
		if (Object.hasOwn(variables, name)) return damaged ? [] : [mistake];
		return [{...mistake, message: noVariable(name, Object.keys(variables))}];
	});
}

const noVariable = (name: string, known: readonly string[]) => `there is no variable "${name}" in this lab${suggestion(name, known)}`;

const unwritableNames = ({variables = {}}: RawLab, yaml: YamlText): Problem[] =>
	Object.keys(variables)
		.filter(name => !/^\w+$/.test(name))
		.map(name =>
			yaml.locate({path: ['variables', name], atKey: true, message: `"${name}" cannot stand in \${...}; use letters, digits and _`}),
		);

/** Where a shell reads the text, `${word}` may be its own. */
const shellKeys = new Set(['run', 'content', 'edit', 'matches', 'contains']);

function unknownVariables(raw: RawLab, yaml: YamlText): Problem[] {
	const known = Object.keys(raw.variables ?? {});
	const {variables: _, ...rest} = raw;
	return textsBelow(rest, []).flatMap(({path, text}) =>
		[...text.matchAll(/\$\{(\w+)\}/g)]
			.map(match => match[1]!)
			.filter(name => !known.includes(name))
			.map(name => yaml.locate({path, message: noVariable(name, known)})),
	);
}

/** A name that was changed in one place only leaves `${name}` standing in texts, where no other rule can see it. */
function idleVariables({variables = {}}: RawLab, files: LabFiles, yaml: YamlText): Problem[] {
	const texts = [...files.values()];
	return Object.keys(variables)
		.filter(name => !texts.some(text => text.includes(`\${${name}}`)))
		.map(name =>
			yaml.locate({path: ['variables', name], atKey: true, message: `no text of this lab holds \${${name}}; use it, or take it out`}),
		);
}

function unknownLabs({prerequisites = [], id}: RawLab, yaml: YamlText, labs: readonly string[] | undefined): Problem[] {
	return prerequisites.flatMap((name, index) => {
		if (prerequisites.indexOf(name) < index) return [yaml.locate({path: ['prerequisites', index], message: `"${name}" is named twice`})];
		const at = (message: string) => [yaml.locate({path: ['prerequisites', index], message})];
		if (name === id) return at('a lab cannot come before itself');
		return !labs || labs.includes(name) ? [] : at(`there is no lab "${name}"${suggestion(name, labs, 5)}`);
	});
}

function emptyDraws({variables = {}, exam}: RawLab, yaml: YamlText): Problem[] {
	const ranges = Object.entries(variables).flatMap(([name, variable]) =>
		'number' in variable && variable.number.min > variable.number.max
			? [
					yaml.locate({
						path: ['variables', name, 'number', 'min'],
						message: `${variable.number.min} is more than max, ${variable.number.max}`,
					}),
				]
			: [],
	);
	const addresses = Object.entries(variables).flatMap(([name, variable]) => {
		const wrong = 'address' in variable ? wrongRange(variable.address) : undefined;
		return wrong === undefined ? [] : [yaml.locate({path: ['variables', name, 'address'], message: wrong})];
	});
	const take =
		exam && exam.take > exam.tasks.length
			? [yaml.locate({path: ['exam', 'take'], message: `${exam.take} cannot be drawn from ${exam.tasks.length} tasks`})]
			: [];
	return [...ranges, ...addresses, ...take];
}

function wrongRange(range: string): string | undefined {
	const [first = '', last = ''] = range.split('-');
	const bad = [first, last].find(address => address.split('.').some(part => Number(part) > 255));
	if (bad !== undefined) return `"${bad}" is no address; each of its four numbers is 0 to 255`;
	return numberOf(first) > numberOf(last) ? `${first} comes after ${last}` : undefined;
}

/** The nearest name; all of them where they are few. */
function suggestion(name: string, known: readonly string[], listedMax = 10): string {
	const near = nearest(name, known);
	if (near) return ` (did you mean "${near}"?)`;
	return known.length > 0 && known.length <= listedMax ? `; known: ${known.join(', ')}` : '';
}

function textsBelow(value: unknown, path: Path): Array<{path: Path; text: string}> {
	if (typeof value === 'string') return [{path, text: value}];
	if (Array.isArray(value)) return value.flatMap((each, index) => textsBelow(each, [...path, index]));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([key, each]) => (shellKeys.has(key) ? [] : textsBelow(each, [...path, key])));
}
