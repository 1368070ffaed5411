import {CurlError} from './errors.js';

/** One URL of a pattern, and what stood in each place of it: `#1` of `-o` is the first. */
export interface GlobbedUrl {
	readonly url: string;
	readonly parts: readonly string[];
}

/** More URLs than anybody waits for. */
const urlsMax = 10_000;
const range = /^\[(?:(\d+)-(\d+)|([a-z])-([a-z])|([A-Z])-([A-Z]))(?::(\d+))?\]/;
const ipv6 = /^\[[\da-f]*:[\da-f:.%]*\]/i;

/** `{a,b}` and `[1-3]` (src/tool_urlglob.c): the last place moves fastest. */
export function expandUrl(pattern: string): readonly GlobbedUrl[] {
	let made: GlobbedUrl[] = [{url: '', parts: []}];
	for (let at = 0; at < pattern.length; ) {
		const rest = pattern.slice(at);
		const literal = /^(?:[^[\]{}\\]|\\[[\]{}]|\\)+/.exec(rest)?.[0] ?? ipv6.exec(rest)?.[0];
		if (literal !== undefined) {
			const text = literal.replaceAll(/\\([[\]{}])/g, '$1');
			made = made.map(({url, parts}) => ({url: url + text, parts}));
			at += literal.length;
			continue;
		}

		const {length, values} = rest.startsWith('{') ? readSet(pattern, at) : rest.startsWith('[') ? readRange(pattern, at) : bad(pattern, at);
		if (made.length * values.length > urlsMax) throw fault('range overflow', pattern, at + 1);
		made = made.flatMap(({url, parts}) => values.map(value => ({url: url + value, parts: [...parts, value]})));
		at += length;
	}

	return made;
}

/** `#1` in the name of an output file. */
export const nameOf = (name: string, parts: readonly string[]): string =>
	name.replaceAll(/#(\d+)/g, (whole, place) => parts[Number(place) - 1] ?? whole);

const fault = (text: string, pattern: string, position: number): CurlError =>
	new CurlError(3, `${text} in URL position ${position}:\n${pattern}\n${' '.repeat(Math.max(1, position - 1))}^`);

const bad = (pattern: string, at: number): never => {
	throw fault('unmatched close brace/bracket', pattern, at + 1);
};

interface Place {
	/** Of its text. */
	readonly length: number;
	readonly values: readonly string[];
}

function readSet(pattern: string, at: number): Place {
	const end = pattern.indexOf('}', at);
	if (end < 0) throw fault('unmatched brace', pattern, at + 1);
	const text = pattern.slice(at + 1, end);
	const nested = text.indexOf('{');
	if (nested >= 0) throw fault('nested brace', pattern, at + nested + 2);
	const values = text.split(',');
	if (values.includes('')) throw fault('empty string within braces', pattern, at + text.length + 2);
	return {length: end + 1 - at, values};
}

function readRange(pattern: string, at: number): Place {
	const found = range.exec(pattern.slice(at));
	if (!found) throw fault('bad range', pattern, at + 2);
	const [whole, first, last, small, smallEnd, big = '', bigEnd = '', step = '1'] = found;
	const letters = small ?? big;
	const [from, to] = first === undefined ? [letters.charCodeAt(0), (smallEnd ?? bigEnd).charCodeAt(0)] : [Number(first), Number(last)];
	if (to < from || Number(step) < 1) throw fault('bad range', pattern, at + 2);
	if ((to - from) / Number(step) > urlsMax) throw fault('range overflow', pattern, at + 2);
	const values: string[] = [];
	// A first number with zeros in front says how wide all are.
	const width = first?.startsWith('0') ? first.length : 0;
	for (let value = from; value <= to; value += Number(step))
		values.push(first === undefined ? String.fromCharCode(value) : String(value).padStart(width, '0'));
	return {length: whole.length, values};
}
