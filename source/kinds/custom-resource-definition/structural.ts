import {messageOf} from '../../api/field-error.js';
import {equal, isObject} from '../../api/values/plain.js';
import {type Errors, forbidden, invalid, required} from '../errors.js';

/** A schema must be structural: every value has a type outside of the logical junctors. Models pkg/apiserver/schema/validation.go. */
type Level = 'root' | 'item' | 'field';
const missing: Readonly<Record<Level, string>> = {
	root: 'must not be empty at the root',
	item: 'must not be empty for specified array items',
	field: 'must not be empty for specified object fields',
};
const junctors = ['allOf', 'anyOf', 'oneOf'];

/** All that keeps a schema from being structural, in the order of its texts as the server sorts them. */
export function structuralErrors(schema: any, path: string): Errors {
	const told = (error: Errors[number]) => messageOf(error);
	return [...invariants(schema, 'root', path), ...completeness(schema, path)].sort((a, b) => (told(a) < told(b) ? -1 : 1));
}

function invariants(schema: any, level: Level, path: string): Errors {
	if (!isObject(schema)) return [];
	const {type, items, properties, additionalProperties} = schema as any;
	const errors: Errors = type === 'array' && !items ? [required(`${path}.items`, 'must be specified')] : [];
	errors.push(...invariants(items, 'item', `${path}.items`));
	for (const [name, property] of Object.entries(properties ?? {}))
		errors.push(...invariants(property, 'field', `${path}.properties[${name}]`));
	errors.push(...invariants(additionalProperties, 'field', `${path}.additionalProperties`));
	errors.push(...nested(schema, path, intOrString(schema)), ...typeOf(schema, level, path));
	const checksMeta = level === 'root' || (schema as any)['x-kubernetes-embedded-resource'];
	for (const name of checksMeta ? ['apiVersion', 'kind'] : [])
		if (properties?.[name] && properties[name].type !== 'string')
			errors.push(invalid(`${path}.properties[${name}].type`, properties[name].type ?? '', 'must be string'));
	if (checksMeta && properties?.metadata && properties.metadata.type !== 'object')
		errors.push(invalid(`${path}.properties[metadata].type`, properties.metadata.type ?? '', 'must be object'));
	return errors;
}

function typeOf(schema: any, level: Level, path: string): Errors {
	const field = `${path}.type`;
	const isFree = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields'];
	const embedded = 'must be object if x-kubernetes-embedded-resource is true';
	if (schema['x-kubernetes-embedded-resource'] && schema.type !== 'object')
		return [schema.type ? invalid(field, schema.type, embedded) : required(field, embedded)];
	if (!schema.type && !isFree) return [required(field, missing[level])];
	return level === 'root' && schema.type && schema.type !== 'object' ? [invalid(field, schema.type, 'must be object at the root')] : [];
}

/** The two forms in which int-or-string may repeat its types. */
const exactly = [{type: 'integer'}, {type: 'string'}];
function intOrString(schema: any): 'anyOf' | 'allOf' | undefined {
	if (!schema['x-kubernetes-int-or-string']) return undefined;
	if (equal(schema.anyOf, exactly)) return 'anyOf';
	return schema.allOf?.length > 0 && equal(schema.allOf[0].anyOf, exactly) ? 'allOf' : undefined;
}

function nested(schema: any, path: string, exception?: 'anyOf' | 'allOf'): Errors {
	const errors: Errors = [];
	for (const junctor of junctors)
		for (const [index, inner] of (schema[junctor] ?? []).entries()) {
			const at = `${path}.${junctor}[${index}]`;
			const below = junctor === 'allOf' && exception === 'allOf' && index === 0 ? 'anyOf' : undefined;
			errors.push(...insideJunctor(inner, at, junctor === 'anyOf' && exception === 'anyOf', below));
		}

	return schema.not ? [...errors, ...insideJunctor(schema.not, `${path}.not`, false)] : errors;
}

const empty = ['title', 'description', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations'];
const unset = ['default', 'additionalProperties', 'x-kubernetes-list-type', 'x-kubernetes-map-type'];
const off = ['nullable', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource', 'x-kubernetes-int-or-string'];

/** What belongs outside of junctors. `type` may be repeated where it says int-or-string. */
function insideJunctor(schema: any, path: string, mayType: boolean, exception?: 'anyOf'): Errors {
	if (!isObject(schema)) return [];
	const of = schema as any;
	const refuse = (names: readonly string[], text: string) =>
		names
			.filter(name => of[name] !== undefined && of[name] !== false)
			.map(name => forbidden(`${path}.${name}`, `must be ${text} to be structural`));
	const errors = [
		...refuse(mayType ? [] : ['type'], 'empty'),
		...refuse(empty, 'empty'),
		...refuse(unset, 'undefined'),
		...refuse(off, 'false'),
	];
	errors.push(...insideJunctor(of.items, `${path}.items`, false));
	for (const [name, property] of Object.entries(of.properties ?? {}))
		errors.push(...insideJunctor(property, `${path}.properties[${name}]`, false));
	return [...errors, ...nested(of, path, exception)];
}

/** What a junctor speaks of must be there outside of it. */
function completeness(schema: any, path: string): Errors {
	if (!isObject(schema)) return [];
	const errors: Errors = [];
	const of = schema as any;
	const compare = (outer: any, at: string, inner: any, where: string): void => {
		if (!isObject(inner)) return;
		if (!outer) {
			errors.push(required(at, `because it is defined in ${where}`));
			return;
		}

		const one = inner as any;
		if (one.items) compare(outer.items, `${at}.items`, one.items, `${where}.items`);
		for (const [name, property] of Object.entries(one.properties ?? {}))
			compare(outer.properties?.[name], `${at}.properties[${name}]`, property, `${where}.properties[${name}]`);
		for (const junctor of junctors)
			for (const [index, deeper] of (one[junctor] ?? []).entries()) compare(outer, at, deeper, `${where}.${junctor}[${index}]`);
		if (one.not) compare(outer, at, one.not, `${where}.not`);
	};
	for (const junctor of junctors)
		for (const [index, inner] of (of[junctor] ?? []).entries()) compare(of, path, inner, `${path}.${junctor}[${index}]`);
	if (of.not) compare(of, path, of.not, `${path}.not`);
	for (const [name, property] of Object.entries(of.properties ?? {})) errors.push(...completeness(property, `${path}.properties[${name}]`));
	errors.push(...completeness(of.items, `${path}.items`), ...completeness(of.additionalProperties, `${path}.additionalProperties`));
	return errors;
}
