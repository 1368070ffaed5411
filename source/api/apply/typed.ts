import {keyStep, metaShape, printStep} from './field-set.js';
import type {Kind} from '../kind.js';
import {isObject} from '../values/plain.js';
import {shapeOf} from './shape.js';
import {type FieldSchema, itemKeys, type Scalar, structOf, type TypeSchema} from '../schema/schema.js';

/** What is wrong with an applied configuration, in the words of structured-merge-diff/typed/validate.go. Nothing is looked up: null fits all. */
export function typedErrors(kind: Kind, config: Record<string, any>): string {
	const errors: string[] = [];
	const shape = shapeOf(kind);
	if (shape) check(config, shape, undefined, '', errors);
	return errors.length > 1 ? `errors:${errors.map(text => `\n  ${text}`).join('')}` : (errors[0] ?? '');
}

function check(value: any, type: TypeSchema | undefined, field: FieldSchema | undefined, path: string, errors: string[]): void {
	if (value === null || value === undefined || !type) return;
	if (type.shape === 'scalar') {
		const wrong = wrongScalar(value, type.scalar);
		if (wrong) errors.push(`${path}: ${wrong}`);
	} else if (type.shape === 'list') {
		if (Array.isArray(value)) checkItems(value, type, field, path, errors);
		else errors.push(`${path}: expected list, got &{${goValue(value)}}`);
	} else if (!isObject(value)) errors.push(`${path}: expected map, got &{${goValue(value)}}`);
	else checkFields(value, type, path, errors);
}

/** The walk ends at the first field that nobody declared. */
function checkFields(value: Record<string, any>, type: TypeSchema, path: string, errors: string[]): void {
	const struct = structOf(type);
	for (const key of Object.keys(value).sort()) {
		const at = `${path}.${key}`;
		const field = struct?.fields.get(key);
		if (struct && !field && !struct.open) {
			errors.push(`${at}: field not declared in schema`);
			return;
		}

		const isMeta = path === '' && key === 'metadata';
		check(value[key], isMeta ? metaShape : type.shape === 'map' ? type.item : field?.type, field, at, errors);
	}
}

/** So it does at the first item that cannot be told from the others. */
function checkItems(list: readonly any[], type: TypeSchema, field: FieldSchema | undefined, path: string, errors: string[]): void {
	const item = type.shape === 'list' ? type.item : undefined;
	const keys = itemKeys(field);
	const isSet = !keys && (field?.set || (field?.merge && !field.atomic));
	const seen = new Set<string>();
	for (const [index, value] of list.entries()) {
		let step = `[${index}]`;
		if (keys || isSet) {
			const wrong = keys ? wrongKeyed(value, keys, item) : wrongMember(value);
			if (wrong) {
				errors.push(`${path}: element ${index}: ${wrong}`);
				return;
			}

			step = printStep(keys ? keyStep(keys, value, item) : `v:${JSON.stringify(value)}`);
			if (seen.has(step)) errors.push(`${path}: duplicate entries for key ${step}`);
			seen.add(step);
		}

		check(value, item, undefined, path + step, errors);
	}
}

function wrongKeyed(value: any, keys: readonly string[], item: TypeSchema | undefined): string | undefined {
	if (value === null) return 'associative list with keys may not have a null element';
	if (!isObject(value)) return 'associative list with keys may not have non-map elements';
	const missing = keys.find(
		key => !Object.hasOwn(value, key) && key !== 'protocol' && structOf(item)?.fields.get(key)?.initial === undefined,
	);
	return missing === undefined
		? undefined
		: `associative list with keys has an element that omits key field "${missing}" (and doesn't have default value)`;
}

function wrongMember(value: any): string | undefined {
	if (value === null) return "associative list without keys has an element that's an explicit null";
	if (isObject(value)) return "associative list without keys has an element that's a map type";
	return Array.isArray(value) ? 'not supported: associative list with lists as elements' : undefined;
}

function wrongScalar(value: any, scalar: Scalar): string | undefined {
	switch (scalar) {
		case 'any':
			return undefined;
		case 'bool':
			return typeof value === 'boolean' ? undefined : `expected boolean, got &{${goValue(value)}}`;
		case 'int32':
		case 'int64':
		case 'double':
			return typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goTypeOf(value)}`;
		case 'string':
		case 'bytes':
			return typeof value === 'string' ? undefined : `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
		default:
			return typeof value === 'object' ? `expected any scalar, got &{${goValue(value)}}` : undefined;
	}
}

const goTypeOf = (value: any): string =>
	Array.isArray(value) ? '[]interface {}' : isObject(value) ? 'map[string]interface {}' : typeof value === 'boolean' ? 'bool' : 'string';

/** %v of a decoded value. */
function goValue(value: any): string {
	if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
	if (!isObject(value)) return value === null ? '<nil>' : String(value);
	const keys = Object.keys(value).sort();
	return `map[${keys.map(key => `${key}:${goValue(value[key])}`).join(' ')}]`;
}

/** %#v of a decoded value. */
function goSyntax(value: any): string {
	if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
	if (!isObject(value)) return value === null ? 'interface {}(nil)' : JSON.stringify(value);
	const keys = Object.keys(value).sort();
	return `map[string]interface {}{${keys.map(key => `${JSON.stringify(key)}:${goSyntax(value[key])}`).join(', ')}}`;
}
