import {GoStruct, isMap, sortedKeys} from '../../go-template/go-value.js';

/** What JSON can hold of a template's value; keys in order, as Go marshals maps. */
export function plainOf(value: unknown): unknown {
	if (typeof value === 'bigint') return Number(value);
	if (Array.isArray(value)) return value.map(item => plainOf(item) ?? null);
	if (value instanceof GoStruct) return value.text ?? plainOf(value.fields);
	if (isMap(value)) return Object.fromEntries(sortedKeys(value).map(key => [key, plainOf(value[key])]));
	return value;
}

/** Go's numbers in JSON: from 1e21 on with an exponent, as JavaScript's. */
export const goJson = (value: unknown, indent?: string): string => JSON.stringify(plainOf(value) ?? null, null, indent) ?? 'null';

/** json.Marshal hides what HTML would read. */
export const escapedJson = (text: string): string =>
	text.replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
