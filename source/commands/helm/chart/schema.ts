import {equal} from '../../../api/values/plain.js';
import {isMap} from '../../go-template/go-value.js';
import {helmError, lacking} from '../failure.js';
import {goPattern} from '../sprig/patterns.js';
import {plainOf} from '../sprig/plain.js';
import type {Chart, ValueMap} from './chart.js';

const known = new Set(
	'$schema $id $comment $defs definitions title description default examples type properties required additionalProperties patternProperties items enum const minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern minItems maxItems uniqueItems minProperties maxProperties anyOf oneOf allOf not $ref format multipleOf if then else readOnly deprecated'.split(
		' ',
	),
);

/** values.schema.json of a chart and of those below it. */
export function checkSchema(chart: Chart, values: ValueMap): void {
	const text = problemsOf(chart, values);
	if (text !== '') throw helmError(`values don't meet the specifications of the schema(s) in the following chart(s):\n${text}`);
}

function problemsOf(chart: Chart, values: ValueMap): string {
	let text = '';
	if (chart.schema !== undefined) {
		let schema: unknown;
		try {
			schema = JSON.parse(chart.schema);
		} catch (error) {
			throw helmError(
				`values don't meet the specifications of the schema(s) in the following chart(s):\n${chart.metadata.name}:\n${(error as Error).message}`,
			);
		}

		const problems = new Validator(schema).check(schema, plainOf(values), '');
		if (problems.length > 0) text += `${chart.metadata.name}:\n${problems.map(problem => `- ${problem}\n`).join('')}`;
	}

	for (const sub of chart.dependencies) {
		const own = values[sub.metadata.name];
		text += problemsOf(sub, isMap(own) ? own : {});
	}

	return text;
}

const typeOf = (value: unknown): string =>
	value === null || value === undefined ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? 'number' : typeof value;
const fits = (value: unknown, type: unknown) => typeOf(value) === type || (type === 'integer' && Number.isInteger(value));

/** JSON Schema, in the words of the validator that Helm 3.18 uses. */
class Validator {
	readonly #root: unknown;

	constructor(root: unknown) {
		this.#root = root;
	}

	check(schema: unknown, value: unknown, path: string): string[] {
		if (schema === true) return [];
		if (schema === false) return [`at '${path}': false schema`];
		if (!isMap(schema)) return [];
		const strange = Object.keys(schema).find(key => !known.has(key));
		if (strange && !strange.startsWith('x-')) throw lacking(`${strange} in values.schema.json`);
		if (typeof schema['$ref'] === 'string') return this.check(this.#resolve(schema['$ref']), value, path);
		const at = `at '${path}': `;
		const types = schema['type'] === undefined ? [] : [schema['type']].flat();
		if (types.length > 0 && !types.some(type => fits(value, type))) return [`${at}got ${typeOf(value)}, want ${types.join(' or ')}`];
		return [
			...this.#plain(schema, value, at),
			...this.#combined(schema, value, path),
			...this.#object(schema, value, path),
			...this.#array(schema, value, path),
		];
	}

	#resolve(reference: string): unknown {
		if (!reference.startsWith('#')) throw lacking(`the reference ${reference} in values.schema.json`);
		return reference
			.slice(1)
			.split('/')
			.filter(Boolean)
			.reduce<unknown>((schema, key) => (isMap(schema) ? schema[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), this.#root);
	}

	#plain(schema: ValueMap, value: unknown, at: string): string[] {
		const problems: string[] = [];
		const list = schema['enum'];
		if (Array.isArray(list) && !list.some(each => equal(each, value)))
			problems.push(
				`${at}value must be one of ${list.map(each => (typeof each === 'string' ? `'${each}'` : JSON.stringify(each))).join(', ')}`,
			);
		if ('const' in schema && !equal(schema['const'], value)) problems.push(`${at}value must be ${JSON.stringify(schema['const'])}`);
		if (typeof value === 'number') {
			const {minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf} = schema as Record<string, number | undefined>;
			if (minimum !== undefined && value < minimum) problems.push(`${at}minimum: got ${value}, want ${minimum}`);
			if (maximum !== undefined && value > maximum) problems.push(`${at}maximum: got ${value}, want ${maximum}`);
			if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
				problems.push(`${at}exclusiveMinimum: got ${value}, want ${exclusiveMinimum}`);
			if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
				problems.push(`${at}exclusiveMaximum: got ${value}, want ${exclusiveMaximum}`);
			if (multipleOf !== undefined && value % multipleOf !== 0) problems.push(`${at}multipleOf: got ${value}, want ${multipleOf}`);
		}

		if (typeof value === 'string') {
			const {minLength, maxLength, pattern} = schema as {minLength?: number; maxLength?: number; pattern?: string};
			const {length} = [...value];
			if (minLength !== undefined && length < minLength) problems.push(`${at}minLength: got ${length}, want ${minLength}`);
			if (maxLength !== undefined && length > maxLength) problems.push(`${at}maxLength: got ${length}, want ${maxLength}`);
			if (pattern !== undefined && !goPattern(pattern).test(value)) problems.push(`${at}'${value}' does not match pattern '${pattern}'`);
		}

		return problems;
	}

	#combined(schema: ValueMap, value: unknown, path: string): string[] {
		const at = `at '${path}': `;
		const branch = (key: string) =>
			Array.isArray(schema[key]) ? (schema[key] as unknown[]).map(each => this.check(each, value, path)) : undefined;
		const problems = (branch('allOf') ?? []).flat();
		const any = branch('anyOf');
		if (any && !any.some(each => each.length === 0)) problems.push(`${at}'anyOf' failed`, ...any.flat().map(each => `  - ${each}`));
		const one = branch('oneOf')?.filter(each => each.length === 0).length;
		if (one === 0) problems.push(`${at}'oneOf' failed, none matched`);
		else if (one !== undefined && one > 1) problems.push(`${at}'oneOf' failed, subschemas matched`);
		if (schema['not'] !== undefined && this.check(schema['not'], value, path).length === 0) problems.push(`${at}'not' failed`);
		if (schema['if'] !== undefined) {
			const then = this.check(schema['if'], value, path).length === 0 ? schema['then'] : schema['else'];
			if (then !== undefined) problems.push(...this.check(then, value, path));
		}

		return problems;
	}

	#object(schema: ValueMap, value: unknown, path: string): string[] {
		if (!isMap(value)) return [];
		const problems: string[] = [];
		const missing = (Array.isArray(schema['required']) ? (schema['required'] as string[]) : []).filter(key => !Object.hasOwn(value, key));
		if (missing.length > 0)
			problems.push(`at '${path}': missing propert${missing.length === 1 ? 'y' : 'ies'} ${missing.map(key => `'${key}'`).join(', ')}`);
		const properties = isMap(schema['properties']) ? schema['properties'] : {};
		const wild = Object.entries(isMap(schema['patternProperties']) ? schema['patternProperties'] : {});
		const extra: string[] = [];
		for (const [key, item] of Object.entries(value)) {
			const below = `${path}/${key}`;
			const matching = wild.filter(([pattern]) => goPattern(pattern).test(key));
			for (const [, each] of matching) problems.push(...this.check(each, item, below));
			if (Object.hasOwn(properties, key)) problems.push(...this.check(properties[key], item, below));
			else if (matching.length === 0 && schema['additionalProperties'] === false) extra.push(key);
			else if (matching.length === 0 && isMap(schema['additionalProperties']))
				problems.push(...this.check(schema['additionalProperties'], item, below));
		}

		if (extra.length > 0) problems.push(`at '${path}': additional properties ${extra.map(key => `'${key}'`).join(', ')} not allowed`);
		return problems;
	}

	#array(schema: ValueMap, value: unknown, path: string): string[] {
		if (!Array.isArray(value)) return [];
		const {minItems, maxItems} = schema as {minItems?: number; maxItems?: number};
		const problems = value.flatMap((item, at) => (schema['items'] === undefined ? [] : this.check(schema['items'], item, `${path}/${at}`)));
		if (minItems !== undefined && value.length < minItems) problems.push(`at '${path}': minItems: got ${value.length}, want ${minItems}`);
		if (maxItems !== undefined && value.length > maxItems) problems.push(`at '${path}': maxItems: got ${value.length}, want ${maxItems}`);
		return problems;
	}
}
