import {celValue, escapeName} from '../../api/cel/value.js';
import {newEnvironment} from '../../api/cel/expression.js';
import {isObject} from '../../api/values/plain.js';

/** A value as rules see it: fields that the schema names, escaped, each in the type that the schema gives it. */
export function ruleValue(value: any, schema: any, root = false): any {
	if (value === null || value === undefined || !schema || schema['x-kubernetes-int-or-string']) return celValue(value);
	if (Array.isArray(value)) return value.map(item => ruleValue(item, schema.items));
	if (isObject(value)) return objectValue(value, schema, root || schema['x-kubernetes-embedded-resource']);
	if (typeof value === 'number') return schema.type === 'integer' ? BigInt(Math.trunc(value)) : value;
	const convert = typeof value === 'string' ? conversions[schema.format] : undefined;
	return convert ? newEnvironment().registerVariable('text', 'string').evaluate(`${convert}(text)`, {text: value}) : value;
}

const conversions: Readonly<Record<string, string>> = {'date-time': 'timestamp', date: 'timestamp', duration: 'duration', byte: 'bytes'};

function objectValue(value: Record<string, any>, schema: any, typed: boolean): Record<string, any> {
	const result: Record<string, any> = {};
	const {properties, additionalProperties} = schema;
	if (isObject(additionalProperties))
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ruleValue(inner, additionalProperties)]));
	for (const [name, property] of Object.entries<any>(properties ?? {}))
		if (Object.hasOwn(value, name) && value[name] !== undefined) result[escapeName(name)] = ruleValue(value[name], property);
	if (!typed) return result;
	const {name, generateName} = value['metadata'] ?? {};
	return {
		...result,
		apiVersion: value['apiVersion'],
		kind: value['kind'],
		metadata: {...(name !== undefined && {name}), ...(generateName !== undefined && {generateName})},
	};
}
