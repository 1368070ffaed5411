import type {Fields, Shape} from '../../checks/shape.js';
import {checkEntry} from '../../checks/entry.js';
import {labShape} from './lab-shape.js';

type Schema = Record<string, unknown>;

/** The JSON Schema of lab.yaml, for editors, from the definition that validates it. */
export const labJsonSchema = (): Schema => ({
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'kubelab lab.yaml',
	...schemaOf(labShape),
	$defs: {check: choiceSchema(checkEntry as Extract<Shape, {type: 'choice'}>)},
});

function schemaOf(shape: Shape): Schema {
	// A check may hold checks: refer to it by name, or this would never end.
	if (shape === checkEntry) return {$ref: '#/$defs/check'};
	const description = shape.help;
	switch (shape.type) {
		case 'text':
			return {
				type: 'string',
				description,
				...(shape.oneOf && {enum: shape.oneOf}),
				...(shape.pattern && {pattern: shape.pattern.source}),
				...(shape.maxLength && {maxLength: shape.maxLength}),
			};
		case 'integer':
			return {
				type: 'integer',
				description,
				...(shape.min !== undefined && {minimum: shape.min}),
				...(shape.max !== undefined && {maximum: shape.max}),
			};
		case 'flag':
			return {type: 'boolean', description};
		case 'list':
			return {
				type: 'array',
				description,
				items: schemaOf(shape.of),
				...(shape.min !== undefined && {minItems: shape.min}),
				...(shape.max !== undefined && {maxItems: shape.max}),
			};
		case 'map':
			return {type: 'object', description, additionalProperties: schemaOf(shape.of)};
		case 'object':
			return {type: 'object', description, ...properties(shape.fields)};
		case 'choice':
			return choiceSchema(shape);
		case 'either':
			return {description, anyOf: shape.of.map(schemaOf)};
		case 'anything':
			return {description};
	}
}

function properties(fields: Fields): Schema {
	const needed = Object.keys(fields).filter(name => fields[name]!.required);
	return {
		properties: Object.fromEntries(Object.entries(fields).map(([name, {shape}]) => [name, schemaOf(shape)])),
		additionalProperties: false,
		...(needed.length > 0 && {required: needed}),
	};
}

const choiceSchema = (shape: Extract<Shape, {type: 'choice'}>): Schema => ({
	type: 'object',
	description: shape.help,
	...properties(shape.of()),
	minProperties: 1,
	maxProperties: 1,
});
