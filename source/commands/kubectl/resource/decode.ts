import type {KubeObject} from '../../../api/object.js';
import {isObject} from '../../../api/values/plain.js';
import {failure, rawFailure} from '../failure.js';
import {toJsonLine} from '../output/json-print.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';

/** The documents of a file: JSON values one after the other, or YAML (apimachinery/pkg/util/yaml/decoder.go). */
export function documentsOf({name, text}: {readonly name: string; readonly text: string}): unknown[] {
	if (text.trimStart().startsWith('{')) {
		const values = jsonValues(text, name);
		if (values) return values;
	}

	try {
		return parseDocuments(text).filter(document => document !== null && document !== undefined);
	} catch (error) {
		if (text.trimStart().startsWith('{') && endOfValue(text.trim()) === undefined) throw failure(`error parsing ${name}: unexpected EOF`);
		throw failure(`error parsing ${name}: error converting YAML to JSON: ${(error as Error).message}`);
	}
}

/** Undefined when it is not JSON: YAML in flow style looks alike. */
function jsonValues(text: string, name: string): unknown[] | undefined {
	try {
		return [JSON.parse(text)];
	} catch (error) {
		if (/^Unexpected end of JSON/.test((error as Error).message)) throw failure(`error parsing ${name}: unexpected EOF`);
	}

	const values: unknown[] = [];
	for (let rest = text.trim(); rest !== ''; ) {
		const end = endOfValue(rest) ?? rest.length;
		try {
			values.push(JSON.parse(rest.slice(0, end)));
		} catch {
			return undefined;
		}

		rest = rest.slice(end).trim();
	}

	return values;
}

/** Where the brackets that a text opens with are closed again; undefined: nowhere. */
function endOfValue(text: string): number | undefined {
	let depth = 0;
	for (const {0: token, index} of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
		if (token === '{' || token === '[') depth++;
		else if (token === '}' || token === ']') depth--;
		else continue;
		if (depth === 0) return index + 1;
	}

	return depth > 0 ? undefined : text.length;
}

/** What kubectl itself must know of an object before the server sees it (unstructured.UnstructuredJSONScheme). */
export function decode(document: unknown, source: string): KubeObject {
	const object = document as KubeObject;
	const fail = (text: string) => failure(`unable to decode "${source}": ${text}`);
	const unfit = (value: unknown, field: string, type: string) =>
		fail(`json: cannot unmarshal ${jsonType(value)} into Go struct field ${field} of type ${type}`);
	if (!isObject(document)) throw fail(`json: cannot unmarshal ${jsonType(document)} into Go value of type unstructured.detector`);
	if (!object.kind || typeof object.kind !== 'string') throw fail(`Object 'Kind' is missing in '${toJsonLine(document)}'`);
	if (object.apiVersion && typeof object.apiVersion !== 'string') throw unfit(object.apiVersion, 'metadataOnlyObject.apiVersion', 'string');
	if (!object.apiVersion) throw fail(`Object 'apiVersion' is missing in '${toJsonLine(document)}'`);
	const items: unknown = object['items'];
	if (object.kind === 'List' && items !== undefined && !Array.isArray(items)) throw unfit(items, 'decodeList.items', '[]json.RawMessage');
	const metadata: unknown = object.metadata;
	if (metadata === undefined || metadata === null) return object;
	if (!isObject(metadata)) throw unfit(metadata, 'metadataOnlyObject.metadata', 'v1.ObjectMeta');
	for (const [field, type] of Object.entries(metadataTypes)) {
		const wrong = misfit(metadata[field], type);
		if (wrong) throw unfit(wrong.value, `ObjectMeta.metadata.${field}`, wrong.type);
	}

	return object;
}

/** An item of a list: of a typed one it has the list's type; what it lacks of any other is found out when its type is asked for. */
export function decodeItem(item: unknown, list: KubeObject, source: string): KubeObject {
	if (!isObject(item))
		throw failure(`unable to decode "${source}": json: cannot unmarshal ${jsonType(item)} into Go value of type map[string]interface {}`);
	const kind = list.kind.slice(0, -'List'.length);
	const typed = kind && !item['kind'] && !item['apiVersion'] ? {...item, apiVersion: list.apiVersion, kind} : item;
	const untyped = (text: string) => rawFailure(`unable to get type info from the object "*unstructured.Unstructured": Object ${text}`);
	if (!typed['kind']) throw untyped("'Kind' is missing in 'object has no kind field '");
	if (!typed['apiVersion']) throw untyped("'apiVersion' is missing in 'object has no apiVersion field'");
	return decode(typed, source);
}

const metadataTypes: Readonly<Record<string, string>> = {
	name: 'string',
	generateName: 'string',
	namespace: 'string',
	uid: 'types.UID',
	resourceVersion: 'string',
	labels: 'map[string]string',
	annotations: 'map[string]string',
	finalizers: '[]string',
};

/** A value that Go could not put into a field of that type, and the type of the place. */
function misfit(value: unknown, type: string): {value: unknown; type: string} | undefined {
	if (value === undefined || value === null) return undefined;
	const element = type.startsWith('map') || type.startsWith('[]');
	if (!element) return typeof value === 'string' ? undefined : {value, type};
	if (type.startsWith('map') ? !isObject(value) : !Array.isArray(value)) return {value, type};
	const wrong = Object.values(value as object).find(item => item !== null && typeof item !== 'string');
	return wrong === undefined ? undefined : {value: wrong, type: 'string'};
}

const jsonType = (value: unknown): string =>
	Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value === 'object' ? 'object' : typeof value;
