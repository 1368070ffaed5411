import {isObject} from '../../api/values/plain.js';
import {duplicate, type Errors, forbidden, invalid, notSupported, required} from '../errors.js';
import {validateSchemaRules} from './rule-check.js';
import {validateDefault} from './schema-validation.js';

/** A schema must be structural: every value has a type outside of the logical junctors. Models pkg/apiserver/schema/validation.go. */
const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const junctors = ['allOf', 'anyOf', 'oneOf'];
const belongsOutside = ['description', 'type', 'default', 'nullable', 'additionalProperties'];

export function validateStructure(schema: any, path: string, root = true, comparable = true): Errors {
	const errors: Errors = [];
	const free = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields'];
	if (root && schema.type !== 'object')
		errors.push({
			type: schema.type ? 'Invalid' : 'Required',
			field: `${path}.type`,
			...(schema.type && {value: schema.type}),
			detail: 'must be object at the root',
		});
	else if (!schema.type && !free) errors.push(required(`${path}.type`, 'must not be empty for specified object fields'));
	if (schema.type && !types.includes(schema.type)) errors.push(notSupported(`${path}.type`, schema.type, types));
	errors.push(...listMap(schema, path), ...validateSchemaRules(schema, path, root, comparable));
	if (schema.default !== undefined) errors.push(...validateDefault(schema.default, schema, `${path}.default`));
	if (schema.properties && schema.additionalProperties)
		errors.push(forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'));
	if (schema.type === 'array' && !schema.items) errors.push(required(`${path}.items`, 'must be specified'));
	for (const [name, property] of Object.entries<any>(schema.properties ?? {})) {
		if (root && name === 'metadata') continue;
		errors.push(...validateStructure(property, `${path}.properties[${name}]`, false, comparable));
	}

	const told = comparable && schema['x-kubernetes-list-type'] === 'map';
	if (isObject(schema.items)) errors.push(...validateStructure(schema.items, `${path}.items`, false, told));
	if (isObject(schema.additionalProperties))
		errors.push(...validateStructure(schema.additionalProperties, `${path}.additionalProperties`, false, comparable));
	for (const junctor of junctors)
		for (const [index, inner] of (schema[junctor] ?? []).entries())
			errors.push(...insideJunctor(inner, `${path}.${junctor}[${index}]`, Boolean(schema['x-kubernetes-int-or-string'])));
	if (schema.not) errors.push(...insideJunctor(schema.not, `${path}.not`, false));
	return errors;
}

/** Items of a map-like list are objects that hold its keys. */
function listMap(schema: any, path: string): Errors {
	if (schema['x-kubernetes-list-type'] !== 'map') return [];
	const errors: Errors = [];
	const type = schema.items?.type;
	if (schema.items && type !== 'object')
		errors.push(invalid(`${path}.items.type`, type ?? '', "must be object if parent array's x-kubernetes-list-type is map"));
	const keys: string[] = schema['x-kubernetes-list-map-keys'] ?? [];
	if (keys.length === 0) errors.push(required(`${path}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map'));
	for (const [index, key] of keys.entries()) {
		const at = `${path}.x-kubernetes-list-map-keys[${index}]`;
		if (keys.indexOf(key) !== index) errors.push(duplicate(at, key));
		if (!schema.items?.properties?.[key]) errors.push(invalid(at, key, 'entries must all be names of item properties'));
	}

	return errors;
}

/** `type` may stand inside only where it says int-or-string. */
function insideJunctor(schema: any, path: string, intOrString: boolean): Errors {
	return belongsOutside
		.filter(field => schema[field] !== undefined && !(field === 'type' && intOrString))
		.map(field =>
			forbidden(`${path}.${field}`, field === 'type' ? 'must be empty to be structural' : `must be undefined to be structural`),
		);
}
