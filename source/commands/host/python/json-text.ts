/** What Python's json module says of a text that is no JSON. */
export class JsonError extends Error {
	constructor(what: string, text: string, at: number) {
		const before = text.slice(0, at).split('\n');
		super(`${what}: line ${before.length} column ${before.at(-1)!.length + 1} (char ${at})`);
	}
}

/** A value with its numbers as they were written, since Python keeps integers of any size. */
export type JsonValue =
	| {readonly kind: 'word'; readonly text: string}
	| {readonly kind: 'string'; readonly value: string}
	| {readonly kind: 'list'; readonly items: readonly JsonValue[]}
	| {readonly kind: 'map'; readonly entries: ReadonlyArray<readonly [key: string, value: JsonValue]>};

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const words: readonly string[] = ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity'];

export function readJson(text: string): JsonValue {
	let at = 0;
	const fail = (what: string, where = at): never => {
		throw new JsonError(what, text, where);
	};
	const match = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = at;
		const found = pattern.exec(text);
		if (found) at += found[0].length;
		return found;
	};
	const text1 = (): string => {
		const begin = at;
		const found = match(string);
		return found ? (JSON.parse(found[0]) as string) : fail('Unterminated string starting at', begin);
	};
	const value = (): JsonValue => {
		match(blank);
		const head = text[at];
		if (head === '{') return map();
		if (head === '[') return list();
		if (head === '"') return {kind: 'string', value: text1()};
		const word = words.find(each => text.startsWith(each, at));
		if (word) {
			at += word.length;
			return {kind: 'word', text: word};
		}

		const found = match(number);
		if (!found || found[0] === '') return fail('Expecting value');
		return {kind: 'word', text: found[1] || found[2] ? float(Number(found[0])) : found[0]};
	};
	const map = (): JsonValue => {
		const entries = new Map<string, JsonValue>();
		at++;
		match(blank);
		if (text[at] === '}') at++;
		else
			for (;;) {
				match(blank);
				if (text[at] !== '"') fail('Expecting property name enclosed in double quotes');
				const key = text1();
				match(blank);
				if (text[at] !== ':') fail("Expecting ':' delimiter");
				at++;
				entries.set(key, value());
				match(blank);
				if (text[at++] === '}') break;
				if (text[at - 1] !== ',') fail("Expecting ',' delimiter", at - 1);
			}

		return {kind: 'map', entries: [...entries]};
	};
	const list = (): JsonValue => {
		const items: JsonValue[] = [];
		at++;
		match(blank);
		if (text[at] === ']') at++;
		else
			for (;;) {
				items.push(value());
				match(blank);
				if (text[at++] === ']') break;
				if (text[at - 1] !== ',') fail("Expecting ',' delimiter", at - 1);
			}

		return {kind: 'list', items};
	};
	const result = value();
	match(blank);
	return at < text.length ? fail('Extra data') : result;
}

/** `repr` of a float. */
function float(value: number): string {
	const text = String(value);
	const [digits, exponent] = text.split('e');
	if (exponent === undefined)
		return Number.isInteger(value) && !text.includes('.')
			? Math.abs(value) < 1e16
				? `${text}.0`
				: value.toExponential().replace('e+', 'e+')
			: text;
	return `${digits}e${exponent.replace(/^([-+])(\d)$/, '$10$2')}`;
}
