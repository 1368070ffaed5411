import {goNumber} from './yaml-print.js';

/** A decoded JSON value as Go's `%#v` writes it. */
export function goSyntax(value: unknown): string {
	if (value === null || value === undefined) return 'interface {}(nil)';
	if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
	if (typeof value === 'object') {
		const record = value as Record<string, unknown>;
		return `map[string]interface {}{${Object.keys(record)
			.sort()
			.map(key => `${goQuote(key)}:${goSyntax(record[key])}`)
			.join(', ')}}`;
	}

	return typeof value === 'string' ? goQuote(value) : typeof value === 'number' ? goNumber(value) : String(value);
}

/** A decoded JSON value as Go's `%v` writes it: `map[a:1 b:[x y]]`. */
export function goValue(value: unknown): string {
	if (value === null || value === undefined) return '<nil>';
	if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
	if (typeof value === 'object') {
		const record = value as Record<string, unknown>;
		return `map[${Object.keys(record)
			.sort()
			.map(key => `${key}:${goValue(record[key])}`)
			.join(' ')}]`;
	}

	return typeof value === 'number' ? goNumber(value) : String(value);
}

/** strconv.Quote. */
export const goQuote = (text: string): string =>
	JSON.stringify(text).replace(/\\u00([0-9a-f]{2})|\\u([0-9a-f]{4})|[\x7f-\xa0]|\\b|\\f/g, (match, low?: string) => {
		if (match === '\\b' || match === '\\f') return match;
		if (low) return low === '07' ? '\\a' : low === '0b' ? '\\v' : `\\x${low}`;
		return match.startsWith('\\u') ? match : `\\x${match.charCodeAt(0).toString(16)}`;
	});
