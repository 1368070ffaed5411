import {goNumber} from './yaml-print.js';

/** What has to be escaped, here or in JSON; most texts have none of it. */
const special = /[^ !#-%'-;=?-[\]-\u007e]/;

/** Go's encoding/json escapes HTML and the two JavaScript line separators. */
export const goString = (text: string): string =>
	special.test(text)
		? JSON.stringify(text).replace(/[<>&\u2028\u2029\x7f]/g, char =>
				char === '\x7f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
			)
		: `"${text}"`;

/** One line, as json.Marshal writes; `sorted` as it writes a map, else in the order of the fields (a struct). */
export function toJsonLine(value: unknown, sorted = true): string {
	if (Array.isArray(value)) return `[${value.map(item => toJsonLine(item, sorted)).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		return `{${keysOf(value, sorted)
			.map(key => `${goString(key)}:${toJsonLine((value as Record<string, unknown>)[key], sorted)}`)
			.join(',')}}`;
	}

	return scalar(value);
}

/** As `kubectl -o json`: four blanks a level. */
export function toJson(value: unknown, sorted = true, indent = ''): string {
	const inner = indent + '    ';
	if (Array.isArray(value)) {
		if (value.length === 0) return '[]';
		return `[\n${value.map(item => inner + toJson(item, sorted, inner)).join(',\n')}\n${indent}]`;
	}

	if (typeof value === 'object' && value !== null) {
		const keys = keysOf(value, sorted);
		if (keys.length === 0) return '{}';
		return `{\n${keys.map(key => `${inner}${goString(key)}: ${toJson((value as Record<string, unknown>)[key], sorted, inner)}`).join(',\n')}\n${indent}}`;
	}

	return scalar(value);
}

function keysOf(value: object, sorted: boolean): string[] {
	const keys = Object.keys(value).filter(key => (value as Record<string, unknown>)[key] !== undefined);
	return sorted ? keys.sort() : keys;
}

const scalar = (value: unknown): string => {
	if (typeof value === 'string') return goString(value);
	if (typeof value === 'number') return goNumber(value);
	return value === undefined ? 'null' : String(value);
};
