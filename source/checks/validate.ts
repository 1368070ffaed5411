import {nearest} from './nearest.js';
import {unsafePattern} from './pattern-safety.js';
import type {Fields, Shape} from './shape.js';

/** A place in a YAML document: keys and indexes from the top. */
export type Path = ReadonlyArray<string | number>;

export interface Mistake {
	readonly path: Path;
	/** True when the key itself is wrong, not what stands behind it. */
	readonly atKey?: boolean;
	/** What is wrong and how to mend it. */
	readonly message: string;
}

/** All mistakes, in document order. An empty list means that `value` has the shape. */
export function validate(value: unknown, shape: Shape, path: Path = []): Mistake[] {
	switch (shape.type) {
		case 'text':
			return wrongText(value, shape).map(message => ({path, message}));
		case 'integer':
			return wrongInteger(value, shape).map(message => ({path, message}));
		case 'flag':
			return typeof value === 'boolean' ? [] : [{path, message: `${shown(value)} is not true or false`}];
		case 'list':
			return validateList(value, shape, path);
		case 'map':
			return isObject(value)
				? Object.entries(value).flatMap(([key, each]) => validate(each, shape.of, [...path, key]))
				: [{path, message: `expected a map (${shape.help}), found ${shown(value)}`}];
		case 'object':
			return isObject(value)
				? validateFields(value, shape.fields, path)
				: [{path, message: `expected keys (${listed(Object.keys(shape.fields))}), found ${shown(value)}`}];
		case 'choice':
			return validateChoice(value, shape, path);
		case 'either':
			return validateEither(value, shape, path);
		case 'anything':
			return [];
	}
}

function wrongText(value: unknown, shape: Extract<Shape, {type: 'text'}>): string[] {
	if (typeof value !== 'string')
		return [
			`expected text (${shape.help}), found ${shown(value)}${value === null || typeof value === 'object' ? '' : '; put it in quotes'}`,
		];
	if (value.length > (shape.maxLength ?? 4096))
		return [`this text has ${value.length} characters; at most ${shape.maxLength ?? 4096} are allowed`];
	if (shape.oneOf && !shape.oneOf.includes(value))
		return [`${shown(value)} is not one of ${listed(shape.oneOf)}${didYouMean(value, shape.oneOf)}`];
	const unsafe = shape.isPattern ? unsafePattern(value) : undefined;
	if (unsafe) return [unsafe];
	if (shape.pattern && !shape.pattern.test(value))
		return [`${shown(value)} is not ${shape.patternHelp ?? `of the form ${shape.pattern.source}`}`];
	return [];
}

function wrongInteger(value: unknown, {help, min, max}: Extract<Shape, {type: 'integer'}>): string[] {
	if (!Number.isSafeInteger(value)) return [`expected a whole number (${help}), found ${shown(value)}`];
	if (min !== undefined && (value as number) < min) return [`${shown(value)} is too small; the least is ${min}`];
	if (max !== undefined && (value as number) > max) return [`${shown(value)} is too large; the most is ${max}`];
	return [];
}

function validateList(value: unknown, shape: Extract<Shape, {type: 'list'}>, path: Path): Mistake[] {
	if (!Array.isArray(value)) return [{path, message: `expected a list (${shape.help}), found ${shown(value)}; begin each entry with "- "`}];
	if (value.length < (shape.min ?? 0))
		return [{path, message: `expected at least ${shape.min} entries (${shape.help}), found ${value.length}`}];
	if (value.length > (shape.max ?? 1000)) return [{path, message: `expected at most ${shape.max ?? 1000} entries, found ${value.length}`}];
	return value.flatMap((each, index) => validate(each, shape.of, [...path, index]));
}

function validateFields(value: Record<string, unknown>, fields: Fields, path: Path): Mistake[] {
	const known = Object.keys(fields);
	const mistyped = Object.keys(value)
		.filter(key => !Object.hasOwn(fields, key))
		.map(key => nearest(key, known));
	const missing = known
		.filter(name => fields[name]!.required && !(name in value) && !mistyped.includes(name))
		.map(name => ({path, message: `"${name}" is missing: ${fields[name]!.shape.help}`}));
	const inside = Object.entries(value).flatMap(([key, each]): Mistake[] =>
		Object.hasOwn(fields, key)
			? validate(each, fields[key]!.shape, [...path, key])
			: [{path: [...path, key], atKey: true, message: `there is no key "${key}" here${didYouMean(key, known)}; known: ${listed(known)}`}],
	);
	return [...missing, ...inside];
}

function validateChoice(value: unknown, shape: Extract<Shape, {type: 'choice'}>, path: Path): Mistake[] {
	const fields = shape.of();
	const known = Object.keys(fields);
	if (!isObject(value)) return [{path, message: `expected one of the keys ${listed(known)}, found ${shown(value)}`}];
	const keys = Object.keys(value);
	if (keys.length === 0) return [{path, message: `this is empty; write one of ${listed(known)}`}];
	if (keys.length > 1 && keys.every(key => Object.hasOwn(fields, key))) {
		return [
			{path: [...path, keys[1]!], atKey: true, message: `only one of "${keys.join('", "')}" may stand here; make it an entry of its own`},
		];
	}
	return validateFields(value, fields, path);
}

/** The alternative of the same YAML type is the one that was meant; its mistakes are the useful ones. */
function validateEither(value: unknown, shape: Extract<Shape, {type: 'either'}>, path: Path): Mistake[] {
	const meant = shape.of.find(each => sameType(value, each));
	return meant
		? validate(value, meant, path)
		: [{path, message: `expected ${shape.of.map(each => each.help).join(', or ')}; found ${shown(value)}`}];
}

function sameType(value: unknown, shape: Shape): boolean {
	if (shape.type === 'text') return typeof value === 'string';
	if (shape.type === 'integer') return typeof value === 'number';
	if (shape.type === 'flag') return typeof value === 'boolean';
	if (shape.type === 'list') return Array.isArray(value);
	return shape.type === 'anything' || isObject(value);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const listed = (names: readonly string[]) => names.join(', ');

function didYouMean(word: string, known: readonly string[]) {
	const near = nearest(word, known);
	return near ? ` (did you mean "${near}"?)` : '';
}

export function shown(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'a map';
	const json = JSON.stringify(value);
	return json.length > 60 ? `${json.slice(0, 57)}..."` : json;
}
