import type {Environment} from '@marcbachmann/cel-js';
import {newEnvironment} from '../../api/cel/expression.js';
import {escapeName} from '../../api/cel/value.js';
import {isObject} from '../../api/values/plain.js';
import type {Rule} from './rules.js';

/** Where one rule is read: `self` and `oldSelf` have the type that the schema describes. */
export function typedEnvironment(schema: any, root: boolean, {optionalOldSelf}: Rule): Environment {
	const environment = newEnvironment();
	const type = declare(environment, schema, 'object', root);
	return environment.registerVariable('self', type).registerVariable('oldSelf', optionalOldSelf ? `optional<${type}>` : type);
}

const scalars: Readonly<Record<string, string>> = {integer: 'int', number: 'double', boolean: 'bool', string: 'string'};
const formats: Readonly<Record<string, string>> = {
	'date-time': 'google.protobuf.Timestamp',
	date: 'google.protobuf.Timestamp',
	duration: 'google.protobuf.Duration',
	byte: 'bytes',
};

/** Registers what a schema describes, inner types first, and answers its name. */
function declare(environment: Environment, schema: any, name: string, root = false): string {
	if (!schema || schema['x-kubernetes-int-or-string']) return 'dyn';
	if (schema.type === 'array') return `list<${declare(environment, schema.items, `${name}.items`)}>`;
	if (schema.type !== 'object') return (schema.type === 'string' && formats[schema.format]) || scalars[schema.type] || 'dyn';
	if (isObject(schema.additionalProperties)) return `map<string, ${declare(environment, schema.additionalProperties, `${name}.values`)}>`;
	const fields: Record<string, string> = {};
	for (const [property, inner] of Object.entries<any>(schema.properties ?? {})) {
		const field = escapeName(property);
		fields[field] = declare(environment, inner, `${name}.${field.replace(/\W/g, '_')}`);
	}

	if (root || schema['x-kubernetes-embedded-resource']) {
		environment.registerType({name: `${name}.metadata_`, schema: {name: 'string', generateName: 'string'}});
		Object.assign(fields, {apiVersion: 'string', kind: 'string', metadata: `${name}.metadata_`});
	}

	environment.registerType({name, schema: fields});
	return name;
}
