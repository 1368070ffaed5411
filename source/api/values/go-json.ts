/**
 * What Go's encoding/json says of text that is not JSON, undefined where it is. Models its scanner, which names the first byte that
 * does not fit and what it was in the middle of (encoding/json/scanner.go).
 */
export function goJsonProblem(text: string): string | undefined {
	try {
		const end = skipSpace(text, value(text, skipSpace(text, 0), 0));
		if (end < text.length) fail(text, end, 'after top-level value');
		return undefined;
	} catch (error) {
		if (error instanceof Problem) return error.message;
		throw error;
	}
}

class Problem extends Error {}

const depthMax = 10_000;

function fail(text: string, at: number, context: string): never {
	if (at >= text.length) throw new Problem('unexpected end of JSON input');
	throw new Problem(`invalid character ${quoted(text.codePointAt(at)!)} ${context}`);
}

/** A byte, not a character: of what takes several bytes only the first is shown. */
function quoted(code: number): string {
	const byte = code < 0x80 ? code : code < 0x8_00 ? 0xc0 | (code >> 6) : code < 0x1_00_00 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
	const char = String.fromCharCode(byte);
	if (char === "'") return "'\\''";
	if (char === '"') return "'\"'";
	const escapes: Record<string, string> = {
		'\n': '\\n',
		'\t': '\\t',
		'\r': '\\r',
		'\b': '\\b',
		'\f': '\\f',
		'\v': '\\v',
		'\x07': '\\a',
		'\\': '\\\\',
	};
	if (escapes[char]) return `'${escapes[char]}'`;
	return byte < 0x20 || (byte >= 0x7f && byte < 0xa1) ? `'\\x${byte.toString(16).padStart(2, '0')}'` : `'${char}'`;
}

function skipSpace(text: string, from: number): number {
	let at = from;
	while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
	return at;
}

/** Returns where the value ends. */
function value(text: string, at: number, depth: number): number {
	if (depth > depthMax) throw new Problem('exceeded max depth');
	const char = text[at];
	if (char === '{') return object(text, at + 1, depth + 1);
	if (char === '[') return array(text, at + 1, depth + 1);
	if (char === '"') return string(text, at + 1);
	if (char === 't' || char === 'f' || char === 'n') return literal(text, at, {t: 'true', f: 'false', n: 'null'}[char]);
	if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) return number(text, at);
	return fail(text, at, 'looking for beginning of value');
}

function object(text: string, from: number, depth: number): number {
	let at = skipSpace(text, from);
	if (text[at] === '}') return at + 1;
	for (;;) {
		if (text[at] !== '"') fail(text, at, 'looking for beginning of object key string');
		at = skipSpace(text, string(text, at + 1));
		if (text[at] !== ':') fail(text, at, 'after object key');
		at = skipSpace(text, value(text, skipSpace(text, at + 1), depth));
		if (text[at] === '}') return at + 1;
		if (text[at] !== ',') fail(text, at, 'after object key:value pair');
		at = skipSpace(text, at + 1);
	}
}

function array(text: string, from: number, depth: number): number {
	let at = skipSpace(text, from);
	if (text[at] === ']') return at + 1;
	for (;;) {
		at = skipSpace(text, value(text, at, depth));
		if (text[at] === ']') return at + 1;
		if (text[at] !== ',') fail(text, at, 'after array element');
		at = skipSpace(text, at + 1);
	}
}

function string(text: string, from: number): number {
	for (let at = from; ; at++) {
		const char = text[at];
		if (char === '"') return at + 1;
		if (char === undefined || char < ' ') fail(text, at, 'in string literal');
		if (char !== '\\') continue;
		at++;
		if (text[at] === 'u') {
			for (let digit = 0; digit < 4; digit++)
				if (!/[0-9a-fA-F]/.test(text[++at] ?? '')) fail(text, at, 'in \\u hexadecimal character escape');
		} else if (!'"\\/bfnrt'.includes(text[at] ?? ' ')) fail(text, at, 'in string escape code');
	}
}

function literal(text: string, from: number, word: string): number {
	for (let i = 1; i < word.length; i++) if (text[from + i] !== word[i]) fail(text, from + i, `in literal ${word} (expecting '${word[i]}')`);
	return from + word.length;
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

function number(text: string, from: number): number {
	let at = text[from] === '-' ? from + 1 : from;
	const digits = (context: string) => {
		if (!isDigit(text[at])) fail(text, at, context);
		while (isDigit(text[at])) at++;
	};
	if (text[at] === '0') at++;
	else digits('in numeric literal');
	if (text[at] === '.') {
		at++;
		digits('after decimal point in numeric literal');
	}

	if (text[at] === 'e' || text[at] === 'E') {
		at++;
		if (text[at] === '+' || text[at] === '-') at++;
		digits('in exponent of numeric literal');
	}

	return at;
}
