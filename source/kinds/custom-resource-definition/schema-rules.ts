import {re2Problem} from '../../regex/re2.js';
import {goText} from '../../api/field-error.js';
import {isObject} from '../../api/values/plain.js';
import {type Errors, forbidden, invalid, items, notSupported, required} from '../errors.js';
import {goStrings} from '../rules.js';
import {validateSchemaRules} from './rule-check.js';
import {validateDefault} from './schema-validation.js';
import {structuralErrors} from './structural.js';

/** The schema of a version. Models validateCustomResourceDefinitionValidation. */
export function validateDefinitionSchema(schema: any, path: string, hasStatus: boolean): Errors {
	const errors: Errors = [];
	if (hasStatus && schema.type !== undefined && schema.type !== 'object')
		errors.push(
			invalid(
				`${path}.type`,
				schema.type,
				'only "object" is allowed as the type at the root of the schema if the status subresource is enabled',
			),
		);
	if (schema.nullable) errors.push(forbidden(`${path}.nullable`, 'nullable cannot be true at the root'));
	const structural = structuralErrors(schema, path);
	const wrong = structural.length > 0 ? structural : defaults(schema, path);
	const inside = walk(schema, path);
	const rules = wrong.length > 0 || inside.length > 0 ? [] : expressions(schema, path, true, true);
	return [...errors, ...wrong, ...inside, ...rules];
}

/** Schemas below a schema, and where they are. */
function parts(schema: any, path: string): Array<[inner: any, at: string]> {
	const {properties, items: item, additionalProperties} = schema;
	const list: Array<[any, string]> = Object.entries(properties ?? {}).map(([name, property]) => [property, `${path}.properties[${name}]`]);
	if (isObject(item)) list.push([item, `${path}.items`]);
	if (isObject(additionalProperties)) list.push([additionalProperties, `${path}.additionalProperties`]);
	return list;
}

const defaults = (schema: any, path: string): Errors => [
	...(schema.default === undefined ? [] : validateDefault(schema.default, schema, `${path}.default`)),
	...parts(schema, path).flatMap(([inner, at]) => defaults(inner, at)),
];

/** Rules of old and new values need to know which belongs to which. */
function expressions(schema: any, path: string, root: boolean, comparable: boolean): Errors {
	return [
		...validateSchemaRules(schema, path, root, comparable),
		...parts(schema, path)
			.filter(([, at]) => !(root && at === `${path}.properties[metadata]`))
			.flatMap(([inner, at]) => {
				const told = at === `${path}.items` ? schema['x-kubernetes-list-type'] === 'map' : schema['x-kubernetes-map-type'] !== 'atomic';
				return expressions(inner, at, false, comparable && told);
			}),
	];
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];

/** Models ValidateCustomResourceDefinitionOpenAPISchema, but for its expressions. */
function walk(schema: any, path: string): Errors {
	const errors: Errors = unsupported
		.filter(name => schema[name] !== undefined)
		.map(name => forbidden(`${path}.${name}`, `${name} is not supported`));
	const reason = schema.pattern ? re2Problem(schema.pattern) : undefined;
	if (reason) errors.push(invalid(`${path}.pattern`, schema.pattern, `must be a valid regular expression, but isn't: ${reason}`));
	if (schema.type === 'null') errors.push(forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'));
	if (schema.type && !types.includes(schema.type)) errors.push(notSupported(`${path}.type`, schema.type, types));
	if (Array.isArray(schema.items)) errors.push(forbidden(`${path}.items`, 'items must be a schema object and not an array'));
	if (schema.uniqueItems)
		errors.push(forbidden(`${path}.uniqueItems`, 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic'));
	if (schema.additionalProperties !== undefined && schema.additionalProperties !== true && Object.keys(schema.properties ?? {}).length > 0)
		errors.push(forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'));
	errors.push(...parts(schema, path).flatMap(([inner, at]) => walk(inner, at)));
	for (const junctor of ['allOf', 'oneOf', 'anyOf']) errors.push(...items(`${path}.${junctor}`, schema[junctor], walk));
	if (schema.not) errors.push(...walk(schema.not, `${path}.not`));
	if (schema['x-kubernetes-preserve-unknown-fields'] === false)
		errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'));
	return [...errors, ...topology(schema, path, 'map', 'object', ['atomic', 'granular']), ...listTopology(schema, path)];
}

/** `x-kubernetes-map-type` and `x-kubernetes-list-type`. */
function topology(schema: any, path: string, kind: 'map' | 'list', type: string, known: readonly string[]): Errors {
	const name = `x-kubernetes-${kind}-type`;
	const value = schema[name];
	if (value === undefined) return [];
	const errors: Errors = [];
	const why = `must be ${type} if ${name} is specified`;
	if (!schema.type) errors.push(required(`${path}.type`, why));
	else if (schema.type !== type) errors.push(invalid(`${path}.type`, schema.type, why));
	return known.includes(value) ? errors : [...errors, notSupported(`${path}.${name}`, value, known)];
}

function listTopology(schema: any, path: string): Errors {
	const errors = topology(schema, path, 'list', 'array', ['atomic', 'set', 'map']);
	const type = schema['x-kubernetes-list-type'];
	const keys: readonly string[] = schema['x-kubernetes-list-map-keys'] ?? [];
	const field = `${path}.x-kubernetes-list-type`;
	const item = isObject(schema.items) ? (schema.items as any) : undefined;
	if (type === 'set' && schema.type === 'array' && item) errors.push(...setItem(item, `${path}.items`));
	const needsMap = 'must be map if x-kubernetes-list-map-keys is non-empty';
	if (keys.length > 0 && type === undefined) errors.push(required(field, needsMap));
	else if (keys.length > 0 && type !== 'map') errors.push(invalid(field, type, needsMap));
	if (type === 'map') errors.push(...mapList(schema, item, keys, path));
	if ((type === 'map' || type === 'set') && item?.nullable)
		errors.push(forbidden(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${type}`));
	return type === 'map' ? [...errors, ...keyErrors(item, keys, `${path}.items`)] : errors;
}

function setItem(item: any, path: string): Errors {
	const text = 'must be atomic as item of a list with x-kubernetes-list-type=set';
	const list = item['x-kubernetes-list-type'];
	// The server prints the list's type in both.
	if (item.type === 'array' && list !== undefined && list !== 'atomic') return [invalid(`${path}.x-kubernetes-list-type`, list, text)];
	return item.type === 'object' && item['x-kubernetes-map-type'] !== 'atomic'
		? [invalid(`${path}.x-kubernetes-map-type`, list ?? null, text)]
		: [];
}

/** Items of a map-like list are objects that hold its keys. */
function mapList(schema: any, item: any, keys: readonly string[], path: string): Errors {
	const errors: Errors = [];
	const field = `${path}.x-kubernetes-list-map-keys`;
	if (keys.length === 0) errors.push(required(field, 'must not be empty if x-kubernetes-list-type is map'));
	if (schema.items === undefined) errors.push(required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map'));
	else if (!item)
		errors.push(
			invalid(
				`${path}.items`,
				goText('apiextensions.JSONSchemaPropsOrArray{}'),
				'must only have a single schema if x-kubernetes-list-type is map',
			),
		);
	if (item && item.type !== 'object')
		errors.push(invalid(`${path}.items.type`, item.type ?? '', "must be object if parent array's x-kubernetes-list-type is map"));
	if (item?.type !== 'object') return errors;
	for (const [index, key] of keys.entries()) {
		const property = item.properties?.[key];
		if (!property) errors.push(invalid(field, goStrings(keys), 'entries must all be names of item properties'));
		else if (property.type === 'array' || property.type === 'object')
			errors.push(
				invalid(
					`${path}.items.properties[${key}].type`,
					item.type,
					"must be a scalar type if parent array's x-kubernetes-list-type is map",
				),
			);
		if (keys.indexOf(key) < index) errors.push(invalid(field, goStrings(keys), 'must not contain duplicate entries'));
	}

	return errors;
}

const isKey = 'this property is in x-kubernetes-list-map-keys, so it';

const keyErrors = (item: any, keys: readonly string[], path: string): Errors =>
	keys.flatMap(key => {
		const property = item?.properties?.[key];
		if (!property) return [];
		const at = `${path}.properties[${key}]`;
		const needed = item.required?.includes(key) || property.default !== undefined;
		return [
			...(needed ? [] : [required(`${at}.default`, `${isKey} must have a default or be a required property`)]),
			...(property.nullable ? [forbidden(`${at}.nullable`, `${isKey} cannot be nullable`)] : []),
		];
	});
