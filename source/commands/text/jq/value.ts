/** A JSON value. Objects are maps: their keys keep the order in which they came, whatever they look like. */
export type Value = null | boolean | number | string | readonly Value[] | ReadonlyMap<string, Value>;
export type Path = readonly Value[];

/** What a program may catch, and what ends it otherwise. */
export class JqError extends Error {
	readonly value: Value;

	constructor(value: Value) {
		super(typeof value === 'string' ? value : print(value));
		this.value = value;
	}
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isObject = (value: Value): value is ReadonlyMap<string, Value> => value instanceof Map;
export const isTrue = (value: Value): boolean => value !== null && value !== false;

export const typeOf = (value: Value): string =>
	value === null ? 'null' : isList(value) ? 'array' : isObject(value) ? 'object' : typeof value;

const ranks = ['null', 'false', 'true', 'number', 'string', 'array', 'object'];
const rank = (value: Value) => ranks.indexOf(typeof value === 'boolean' ? String(value) : typeOf(value));
const byCodePoint = (a: string, b: string): number => {
	const [x, y] = [[...a], [...b]];
	for (let at = 0; at < Math.min(x.length, y.length); at++) if (x[at] !== y[at]) return x[at]!.codePointAt(0)! - y[at]!.codePointAt(0)!;
	return x.length - y.length;
};
export const sortedKeys = (object: ReadonlyMap<string, Value>): string[] => [...object.keys()].sort(byCodePoint);

/** jq's order of all values: by type, then by content; objects by their keys first. */
export function compare(a: Value, b: Value): number {
	const byType = rank(a) - rank(b);
	if (byType !== 0) return byType;
	if (typeof a === 'number') return Number.isNaN(a) ? -1 : a - (b as number);
	if (typeof a === 'string') return byCodePoint(a, b as string);
	if (isList(a)) return compareLists(a, b as readonly Value[]);
	if (!isObject(a)) return 0;
	const other = b as ReadonlyMap<string, Value>;
	const keys = sortedKeys(a);
	return (
		compareLists(keys, sortedKeys(other)) ||
		compareLists(
			keys.map(key => a.get(key)!),
			keys.map(key => other.get(key)!),
		)
	);
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
	for (let at = 0; at < Math.min(a.length, b.length); at++) {
		const order = compare(a[at]!, b[at]!);
		if (order !== 0) return order;
	}

	return a.length - b.length;
}

export interface Style {
	/** Blanks for one level; 0 prints on one line. */
	readonly indent: string;
	readonly sortKeys: boolean;
	readonly ascii: boolean;
}

const compact: Style = {indent: '', sortKeys: false, ascii: false};

export function print(value: Value, style: Style = compact, depth = 0): string {
	if (typeof value === 'number') return printNumber(value);
	if (typeof value === 'string') return quote(value, style.ascii);
	if (!isList(value) && !isObject(value)) return String(value);
	const inner = style.indent === '' ? '' : `\n${style.indent.repeat(depth + 1)}`;
	const end = style.indent === '' ? '' : `\n${style.indent.repeat(depth)}`;
	if (isList(value)) {
		if (value.length === 0) return '[]';
		return `[${value.map(each => inner + print(each, style, depth + 1)).join(',')}${end}]`;
	}

	if (value.size === 0) return '{}';
	const keys = style.sortKeys ? sortedKeys(value) : [...value.keys()];
	const gap = style.indent === '' ? ':' : ': ';
	return `{${keys.map(key => `${inner}${quote(key, style.ascii)}${gap}${print(value.get(key)!, style, depth + 1)}`).join(',')}${end}}`;
}

function printNumber(value: number): string {
	if (Number.isNaN(value)) return 'null';
	if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
	if (Object.is(value, -0)) return '-0';
	const [, sign = '', digits = '', exponent = '0'] = /^(-?)([\d.]+)e([-+]\d+)$/.exec(value.toExponential()) ?? [];
	const power = Number(exponent);
	const count = digits.replace('.', '').length;
	// As David Gay's g_fmt, with jq's limits: very small and very round numbers are written with an exponent.
	if (power + 1 <= -4 || power + 1 > count + 15)
		return `${sign}${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
	return BigInt(Math.trunc(value)) === 0n || !Number.isInteger(value) ? String(value) : String(BigInt(value));
}

function quote(text: string, ascii: boolean): string {
	const plain = JSON.stringify(text).replaceAll('\u007f', '\\u007f');
	return ascii ? plain.replaceAll(/[\u0080-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : plain;
}

/** All values of a text, one after the other; throws what is wrong after giving what came before it. */
export function* parseAll(text: string): Generator<Value> {
	const reader = createReader(text);
	for (;;) {
		reader.skip();
		if (reader.done()) return;
		yield reader.value(0);
	}
}

function createReader(text: string) {
	let at = 0;
	const where = () => {
		const lines = text.slice(0, at + 1).split('\n');
		return `at line ${lines.length}, column ${lines.at(-1)!.length}`;
	};
	const fail = (why: string, ahead = 0): never => {
		at += ahead;
		throw new JqError(`${why}${at >= text.length && why.startsWith('Unfinished') ? ' at EOF' : ''} ${where()}`);
	};
	/** What comes next is read to its end before anybody sees that it has no place here. */
	const misplaced = (why: string): never => fail(why, /^(?:"(?:\\.|[^"])*"?|[^\s,:[\]{}"]+|.)/s.exec(text.slice(at))?.[0].length ?? 0);
	const skip = () => {
		while (at < text.length && ' \t\r\n\ufeff'.includes(text[at]!)) at++;
	};
	const expect = (char: string, why: string) => {
		skip();
		if (at >= text.length) fail('Unfinished JSON term');
		if (text[at] !== char) misplaced(why);
		at++;
	};
	const string = (): string => {
		const start = at++;
		while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
		if (at >= text.length) return fail('Unfinished string');
		at++;
		try {
			return JSON.parse(text.slice(start, at).replaceAll(/[\n\t\r]/g, char => JSON.stringify(char).slice(1, -1)));
		} catch {
			return fail('Invalid escape');
		}
	};
	const value = (depth: number): Value => {
		skip();
		if (at >= text.length) fail('Unfinished JSON term');
		if (depth > 512) fail('Exceeds depth limit for parsing');
		const char = text[at]!;
		if (char === '"') return string();
		if (char === '[') return list(depth);
		if (char === '{') return object(depth);
		const word = /^[^\s,:[\]{}"]+/.exec(text.slice(at, at + 400))?.[0] ?? '';
		at += Math.max(1, word.length);
		if (word === 'null') return null;
		if (word === 'nan') return Number.NaN;
		if (word === 'true' || word === 'false') return word === 'true';
		if (/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(word)) return Number(word);
		return fail(word === '' ? 'Expected JSON value' : 'Invalid numeric literal');
	};
	const list = (depth: number): Value => {
		const result: Value[] = [];
		at++;
		skip();
		if (text[at] === ']') at++;
		else {
			for (;;) {
				result.push(value(depth + 1));
				skip();
				if (text[at] === ',') at++;
				else break;
			}

			expect(']', 'Expected separator between values');
		}

		return result;
	};
	const object = (depth: number): Value => {
		const result = new Map<string, Value>();
		at++;
		skip();
		if (text[at] === '}') at++;
		else {
			for (;;) {
				skip();
				if (at >= text.length) fail('Unfinished JSON term');
				if (text[at] !== '"')
					fail(
						/[\w.-]/.test(text[at]!) ? 'Invalid numeric literal' : 'Object keys must be strings',
						/^[^\s,:[\]{}"]*/.exec(text.slice(at))![0].length,
					);
				const key = string();
				expect(':', 'Expected separator between values');
				result.set(key, value(depth + 1));
				skip();
				if (text[at] === ',') at++;
				else break;
			}

			expect('}', 'Expected separator between values');
		}

		return result;
	};
	return {skip, value, done: () => at >= text.length};
}
