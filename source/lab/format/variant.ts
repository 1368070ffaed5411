import {createRandom, type Random} from '../../sim/random.js';
import {State} from '../../sim/state.js';
import {isObject} from '../../checks/validate.js';
import {drawnBlocks} from './drawn-blocks.js';
import type {Lab, NamedText, Variable, WrongAnswer} from '../lab.js';
import {missesOf} from '../misses.js';

/** What a seed makes of a lab. */
export interface Draw {
	readonly values: Readonly<Record<string, string>>;
	/** The fault and the tasks that were drawn. */
	readonly names: ReadonlySet<string>;
}

type Drawable = Partial<Pick<Lab, 'variables' | 'faults' | 'exam'>>;

const variants = new WeakMap<Lab, Map<string, Lab>>();
const variantsMax = 64;

/** The lab as the learner with this seed gets it: variables written out, one fault, the tasks of the exam. Same seed, same object. */
export function variantOf(lab: Lab, seed: string): Lab {
	if (Object.keys(lab.variables).length === 0 && lab.faults.length === 0 && !lab.exam?.tasks.length) return lab;
	const known = variants.get(lab) ?? new Map<string, Lab>();
	const variant = known.get(seed) ?? write(lab, drawFor(lab, seed));
	if (known.size >= variantsMax) known.delete(known.keys().next().value!);
	variants.set(lab, known.set(seed, variant));
	return variant;
}

export function drawFor({variables = {}, faults = [], exam}: Drawable, seed: string): Draw {
	const random = createRandom(new State(), seed).fork('lab');
	const values = Object.entries(variables).map(([name, variable]) => [name, drawnValue(variable, random.fork(`variable/${name}`))]);
	const fault = faults.length > 0 ? [random.fork('fault').pick(faults)] : [];
	return {values: Object.fromEntries(values), names: new Set([...fault, ...tasksOf(exam, random.fork('exam'))])};
}

function drawnValue(variable: Variable, random: Random): string {
	if ('pick' in variable) return random.pick(variable.pick);
	if ('number' in variable) return String(variable.number.min + random.int(variable.number.max - variable.number.min + 1));
	const [first, last] = variable.address.split('-').map(numberOf) as [number, number];
	const address = first + random.int(Math.max(1, last - first + 1));
	return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}

export const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** The tasks stay in the order of the lab, whichever were drawn. */
function tasksOf(exam: Drawable['exam'], random: Random): string[] {
	if (!exam) return [];
	const left = [...exam.tasks];
	while (left.length > exam.take) left.splice(random.int(left.length), 1);
	return left;
}

function write(lab: Lab, draw: Draw): Lab {
	const text = (source: string) => withValues(drawnBlocks(source, draw.names), draw.values);
	const named = <T extends NamedText>(list: readonly T[]): T[] => list.map(each => ({...each, text: text(each.text)}));
	const drawn = (each: {readonly when?: string}) => each.when === undefined || draw.names.has(each.when);
	const {variables: _, faults: __, exam, ...rest} = lab;
	return {
		...rest,
		...(valuesInside({title: lab.title, summary: lab.summary, checkpoints: lab.checkpoints}, draw.values) as object),
		variables: {},
		faults: [],
		...(exam && {exam: {take: exam.take, tasks: []}}),
		files: lab.files.filter(drawn).map(file => ({...file, path: withValues(file.path, draw.values), content: text(file.content)})),
		objectives: valuesInside(lab.objectives.filter(drawn), draw.values) as Lab['objectives'],
		text: {en: text(lab.text.en), zh: text(lab.text.zh)},
		setup: named(lab.setup),
		solutions: named(lab.solutions),
		wrong: named(lab.wrong).map((each): WrongAnswer => ({...each, misses: missesOf(each.text)})),
	};
}

/** `${name}` where `name` is a variable of the lab; what a shell would expand stays as it is. */
const withValues = (text: string, values: Draw['values']) =>
	text.replace(/\$\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? values[name]! : all));

/** A text that is nothing but a number's variable becomes a number: `port: ${port}`. */
export function valuesInside(value: unknown, values: Draw['values']): unknown {
	if (typeof value === 'string') {
		const text = withValues(value, values);
		return text !== value && /^\$\{\w+\}$/.test(value) && /^\d+$/.test(text) ? Number(text) : text;
	}
	if (Array.isArray(value)) return value.map(each => valuesInside(each, values));
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [withValues(key, values), valuesInside(each, values)]));
}
