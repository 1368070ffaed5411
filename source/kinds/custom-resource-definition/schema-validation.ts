import {compileRe2, re2Problem} from '../../regex/re2.js';
import {isObject} from '../../api/values/plain.js';
import {parseRfc3339} from '../../api/values/time.js';
import {type Errors, invalid, notSupported, required, tooLong, tooMany} from '../errors.js';
import {isCIDR, isIPv4, isIPv6} from '../rules.js';

/** OpenAPI v3 validation of custom resources, in the words of kube-openapi and apiextensions-apiserver/pkg/apiserver/validation. */
/** A default must fit its own schema; nothing stands before "in body" then. */
export const validateDefault = (value: any, schema: any, field: string): Errors =>
	check(value, {...schema, default: undefined}, '').map(error => ({
		...error,
		field: error.field === '' || error.field === '<nil>' ? field : `${field}.${error.field}`,
		detail: error.detail.trimStart(),
	}));

export function validateSchema(object: any, schema: any): Errors {
	if (!schema) return [];
	return check({...object, metadata: undefined, apiVersion: undefined, kind: undefined}, schema, '');
}

const child = (path: string, key: string): string => (path ? `${path}.${key}` : key);
const sortOf = (value: unknown): string =>
	Array.isArray(value) ? 'array' : value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;

function check(value: any, schema: any, path: string): Errors {
	if (!schema || value === undefined) return [];
	if (value === null && schema.nullable) return [];
	const wrong = typeErrors(value, schema, path);
	if (wrong.length > 0) return wrong;
	const errors: Errors = [];
	if (schema.enum && !schema.enum.includes(value)) errors.push(notSupported(path, value, schema.enum.map(String)));
	if (typeof value === 'string') errors.push(...stringErrors(value, schema, path));
	if (typeof value === 'number') errors.push(...numberErrors(value, schema, path));
	if (Array.isArray(value)) errors.push(...listErrors(value, schema, path));
	if (isObject(value)) errors.push(...objectErrors(value, schema, path));
	return [...errors, ...combined(value, schema, path)];
}

function typeErrors(value: any, schema: any, path: string): Errors {
	if (schema['x-kubernetes-int-or-string']) {
		return typeof value === 'string' || Number.isInteger(value) ? [] : [typeError(path, value, 'integer,string')];
	}

	const found = sortOf(value);
	if (!schema.type || schema.type === found || (schema.type === 'number' && found === 'integer')) return [];
	return [typeError(path, value, schema.type)];
}

const typeError = (path: string, value: any, type: string) =>
	({
		type: 'TypeInvalid',
		field: path || '<nil>',
		value: sortOf(value),
		detail: `${path} in body must be of type ${type}: ${JSON.stringify(sortOf(value))}`,
	}) as const;
const shown = (value: any): any => (typeof value === 'object' ? sortOf(value).replace('array', 'array') : value);

const formats: Readonly<Record<string, (text: string) => boolean>> = {
	ipv4: isIPv4,
	ipv6: isIPv6,
	cidr: isCIDR,
	'date-time': text => parseRfc3339(text) !== undefined,
	uri: text => /^[a-z][a-z0-9+.-]*:/i.test(text),
	byte: text => /^[A-Za-z0-9+/]*={0,2}$/.test(text),
	hostname: text => text.length <= 255 && /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(text),
	email: text => /^[^@\s]+@[^@\s]+$/.test(text),
	uuid: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
};

function stringErrors(value: string, schema: any, path: string): Errors {
	const errors: Errors = lengthErrors(value, schema, path).slice(0, 1);
	const format = formats[schema.format];
	if (format && !format(value))
		errors.push(invalid(path, value, `${path} in body must be of type ${schema.format}: ${JSON.stringify(value)}`));
	return errors;
}

/** The first of these is all that is told. */
function lengthErrors(value: string, {minLength, maxLength, pattern}: any, path: string): Errors {
	const length = [...value].length;
	return [
		...(maxLength !== undefined && length > maxLength ? [tooLong(path, maxLength)] : []),
		...(minLength !== undefined && length < minLength
			? [invalid(path, value, `${path} in body should be at least ${minLength} chars long`)]
			: []),
		...(pattern !== undefined && !matches(value, pattern) ? [invalid(path, value, `${path} in body should match '${pattern}'`)] : []),
	];
}

/** No definition is taken whose pattern cannot be read. */
const matches = (value: string, pattern: string): boolean => re2Problem(pattern) !== undefined || compileRe2(pattern).test(value);

function numberErrors(value: number, schema: any, path: string): Errors {
	const errors: Errors = [];
	const {minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf} = schema;
	if (minimum !== undefined && (value < minimum || (exclusiveMinimum && value === minimum)))
		errors.push(invalid(path, value, `${path} in body should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`));
	if (maximum !== undefined && (value > maximum || (exclusiveMaximum && value === maximum)))
		errors.push(invalid(path, value, `${path} in body should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`));
	if (multipleOf !== undefined && value % multipleOf !== 0)
		errors.push(invalid(path, value, `${path} in body should be a multiple of ${multipleOf}`));
	return errors;
}

function listErrors(value: readonly any[], schema: any, path: string): Errors {
	const errors: Errors = [];
	if (schema.minItems !== undefined && value.length < schema.minItems)
		errors.push(invalid(path, value.length, `${path} in body should have at least ${schema.minItems} items`));
	if (schema.maxItems !== undefined && value.length > schema.maxItems) errors.push(tooMany(path, value.length, schema.maxItems));
	const keys: string[] = schema['x-kubernetes-list-map-keys'] ?? [];
	const seen = new Set<string>();
	for (const [index, item] of value.entries()) {
		errors.push(...check(item, schema.items, `${path}[${index}]`));
		if (schema['x-kubernetes-list-type'] !== 'map' && schema['x-kubernetes-list-type'] !== 'set') continue;
		const identity = keys.length > 0 ? Object.fromEntries(keys.map(key => [key, item?.[key]])) : item;
		const text = JSON.stringify(identity);
		if (seen.has(text))
			errors.push({type: 'Duplicate', field: `${path}[${index}]`, value: keys.length > 0 ? {goText: goMap(identity)} : item, detail: ''});
		seen.add(text);
	}

	return errors;
}

const goMap = (map: Record<string, unknown>): string =>
	`map[string]interface {}{${Object.keys(map)
		.sort()
		.map(key => `${JSON.stringify(key)}:${JSON.stringify(map[key])}`)
		.join(', ')}}`;

function objectErrors(value: Record<string, any>, schema: any, path: string): Errors {
	const errors: Errors = [];
	for (const [name, property] of Object.entries<any>(schema.properties ?? {}))
		errors.push(...check(value[name], property, child(path, name)));
	for (const name of schema.required ?? [])
		if (value[name] === undefined && !(path === '' && name === 'metadata')) errors.push(required(child(path, name)));
	if (isObject(schema.additionalProperties))
		for (const [name, inner] of Object.entries(value))
			if (!schema.properties?.[name]) errors.push(...check(inner, schema.additionalProperties, child(path, name)));
	const count = Object.keys(value).length;
	if (schema.minProperties !== undefined && count < schema.minProperties)
		errors.push(invalid(path, count, `${path} in body should have at least ${schema.minProperties} properties`));
	return errors;
}

function combined(value: any, schema: any, path: string): Errors {
	const errors: Errors = (schema.allOf ?? []).flatMap((inner: any) => check(value, inner, path));
	const passing = (list: any[]) => list.filter(inner => check(value, inner, path).length === 0).length;
	if (schema.anyOf && passing(schema.anyOf) === 0)
		errors.push(invalid(path, shown(value), `${path} in body must validate at least one schema (anyOf)`));
	if (schema.oneOf && passing(schema.oneOf) !== 1)
		errors.push(invalid(path, shown(value), `${path} in body must validate one and only one schema (oneOf)`));
	if (schema.not && check(value, schema.not, path).length === 0)
		errors.push(invalid(path, shown(value), `${path} in body must not validate the schema (not)`));
	return errors;
}
