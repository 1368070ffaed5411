import {resolve, type Schema, shortName} from './open-api.js';
import {wordWrap} from './word-wrap.js';

/**
 * The words of `kubectl explain` below its heading, line by line as k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl
 * gives them. Empty when the path leads nowhere. `seen` are the types passed on the way: a type inside itself ends the walk.
 */
export function explained(schema: Schema, path: readonly string[], recursive: boolean, seen: readonly string[] = []): string {
	const resolved = resolve(schema.$ref) ?? schema;
	const [name, ...rest] = path;
	const passed = schema.$ref ? [...seen, schema.$ref] : seen;
	if (name === undefined) return described(resolved, recursive);
	if (schema.$ref && seen.includes(schema.$ref)) return '';
	const field = own(resolved.properties, name);
	if (field) {
		const heading = `FIELD: ${name} <${typeName(field)}>\n${choices(field)}\n\n`;
		return (rest.length === 0 ? heading : '') + explained(field, rest, recursive);
	}

	if (resolved.items) return explained(resolved.items, path, recursive, passed);
	const value = valueSchema(resolved);
	if (value) return explained(value, path, recursive, passed);
	for (const part of resolved.allOf ?? []) {
		const text = explained(part, path, recursive, passed);
		if (text) return text;
	}

	return '';
}

const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
	record && Object.hasOwn(record, name) ? record[name] : undefined;
const valueSchema = ({additionalProperties: value}: Schema): Schema | undefined => (typeof value === 'object' ? value : undefined);
const indent = (text: string, width: number): string => text.replace(/^/gm, ' '.repeat(width));
const choices = (field: Schema): string => (field.enum ? `ENUM:${field.enum.map(value => `\n    ${shown(value)}`).join('')}` : '');
const shown = (value: unknown): string => (value === '' ? '""' : String(value));
const choicesShort = 4;

function described(schema: Schema, recursive: boolean): string {
	const fields = fieldList(schema, 1, recursive, []);
	return `DESCRIPTION:\n${indent(wordWrap(description(schema) || '<empty>', 76), 4)}\n${fields && `FIELDS:\n${fields}`}`;
}

/** What is said of the value itself, then of the types it is made of. */
function description(schema: Schema): string {
	const resolved = resolve(schema.$ref) ?? schema;
	const parts = [...(resolved.allOf ?? []), resolved.items, valueSchema(resolved)];
	return (resolved.description ? `${resolved.description}\n` : '') + parts.map(part => (part ? description(part) : '')).join('');
}

function fieldList(schema: Schema, level: number, recursive: boolean, seen: readonly string[]): string {
	if (schema.$ref && seen.includes(schema.$ref)) return '';
	const resolved = resolve(schema.$ref) ?? schema;
	const passed = schema.$ref ? [...seen, schema.$ref] : seen;
	const inner = (part: Schema | undefined) => (part ? fieldList(part, level, recursive, passed) : '');
	const fields = Object.entries(resolved.properties ?? {})
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, field]) => {
			const detail = fieldDetail(name, field, resolved.required?.includes(name) ?? false, recursive, level * 2);
			return detail + (recursive ? fieldList(field, level + 1, recursive, passed) : '');
		});
	return fields.join('') + (resolved.allOf ?? []).map(inner).join('') + inner(resolved.items) + inner(valueSchema(resolved));
}

function fieldDetail(name: string, field: Schema, required: boolean, short: boolean, width: number): string {
	const values = field.enum?.slice(0, choicesShort).map(shown).join(', ');
	const more = (field.enum?.length ?? 0) > choicesShort ? ', ....' : '';
	const head = `${' '.repeat(width)}${name}\t<${typeName(field)}>${required ? ' -required-' : ''}`;
	const line = `${head}${values === undefined ? '' : `\n${' '.repeat(width)}enum: ${values}${more}`}\n`;
	return short ? line : `${line}${indent(wordWrap(field.description || '<no description>', 78 - width), width + 2)}\n\n`;
}

function typeName(schema: Schema): string {
	if (schema.items) return `[]${typeName(schema.items)}`;
	const value = valueSchema(schema);
	if (value) return `map[string]${typeName(value)}`;
	if (schema.allOf?.length === 1 && !schema.properties) return typeName(schema.allOf[0]!);
	if (!schema.$ref) return !schema.type || schema.type === 'object' ? 'Object' : schema.type;
	const type = resolve(schema.$ref)?.type;
	return !type || type === 'object' ? shortName(schema.$ref) : type;
}
