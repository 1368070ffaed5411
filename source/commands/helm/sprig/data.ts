import {isMap} from '../../go-template/go-value.js';
import type {GoFunction} from '../../go-template/functions.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import {toYaml} from '../../kubectl/output/yaml-print.js';
import {escapedJson, goJson, plainOf} from './plain.js';

type Table = Readonly<Record<string, GoFunction>>;

const message = (error: unknown) => (error as Error).message;

/** sigs.k8s.io/yaml tells what it was doing. */
const yamlProblem = (error: unknown) => `error converting YAML to JSON: ${message(error)}`;

const goType = (value: unknown) =>
	Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value;

function fromYaml(text: string): unknown {
	try {
		const value = parseDocuments(text)[0] ?? {};
		return isMap(value)
			? value
			: {
					Error: `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goType(value)} into Go value of type map[string]interface {}`,
				};
	} catch (error) {
		return {Error: yamlProblem(error)};
	}
}

function fromYamlArray(text: string): unknown {
	try {
		const value = parseDocuments(text)[0] ?? [];
		return Array.isArray(value)
			? value
			: [`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goType(value)} into Go value of type []interface {}`];
	} catch (error) {
		return [yamlProblem(error)];
	}
}

/** encoding/json's words for the commonest mistakes. */
function jsonProblem(text: string, error: unknown): string {
	const at = /position (\d+)/.exec(message(error))?.[1];
	if (text.trim() === '' || /end of JSON/.test(message(error))) return 'unexpected end of JSON input';
	return at === undefined
		? 'unexpected end of JSON input'
		: `invalid character ${JSON.stringify(text[Number(at)] ?? '').replace(/^"(.*)"$/, "'$1'")} looking for beginning of value`;
}

function fromJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return isMap(value) ? value : {Error: `json: cannot unmarshal ${goType(value)} into Go value of type map[string]interface {}`};
	} catch (error) {
		return {Error: jsonProblem(text, error)};
	}
}

function fromJsonArray(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : [`json: cannot unmarshal ${goType(value)} into Go value of type []interface {}`];
	} catch (error) {
		return [jsonProblem(text, error)];
	}
}

const anyJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Error(jsonProblem(text, error));
	}
};

/** YAML without the line break at its end. */
export const yamlOf = (value: unknown): string => toYaml(plainOf(value) ?? null).replace(/\n$/, '');

function tomlOf(value: unknown, path: readonly string[] = []): string {
	if (!isMap(value)) return '';
	const rows: string[] = [];
	const tables: string[] = [];
	for (const [key, item] of Object.entries(value)) {
		const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
		if (isMap(item)) tables.push(`[${[...path, name].join('.')}]\n${indented(tomlOf(item, [...path, name]))}`);
		else if (item !== null) rows.push(`${name} = ${tomlValue(item)}\n`);
	}

	return [rows.join(''), ...tables].filter(Boolean).join('\n');
}

const indented = (text: string) => text.replace(/^(?=.)/gm, '  ');
const tomlValue = (value: unknown): string =>
	Array.isArray(value)
		? `[${value.map(tomlValue).join(', ')}]`
		: typeof value === 'number' && Number.isInteger(value)
			? `${value}.0`
			: JSON.stringify(value);

/** Helm's own functions over Sprig's (helm/pkg/engine/funcs.go). */
export const data: Table = {
	toYaml: ['a', yamlOf],
	mustToYaml: ['a', yamlOf],
	toYamlPretty: ['a', yamlOf],
	fromYaml: ['s', fromYaml],
	fromYamlArray: ['s', fromYamlArray],
	toJson: ['a', value => escapedJson(goJson(value))],
	mustToJson: ['a', value => escapedJson(goJson(value))],
	toPrettyJson: ['a', value => escapedJson(goJson(value, '  '))],
	mustToPrettyJson: ['a', value => escapedJson(goJson(value, '  '))],
	toRawJson: ['a', value => goJson(value)],
	mustToRawJson: ['a', value => goJson(value)],
	fromJson: ['s', fromJson],
	mustFromJson: ['s', anyJson],
	fromJsonArray: ['s', fromJsonArray],
	toToml: ['a', value => tomlOf(plainOf(value))],
};
