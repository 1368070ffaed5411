/**
 * YAML as sigs.k8s.io/yaml prints it: block style, keys sorted the natural way, lists not indented, go-yaml v2's rules for quotes
 * and for folding at column 80. Models goyaml.v2/encode.go, resolve.go, sorter.go and emitterc.go.
 */
export function toYaml(value: unknown): string {
	const out: string[] = [];
	emit(value, 0, 'root', out);
	return out.join('');
}

const widthBest = 80;
type Where = 'root' | 'mapping' | 'sequence';

function emit(value: unknown, indent: number, where: Where, out: string[]): void {
	if (Array.isArray(value)) emitList(value, indent, where, out);
	else if (typeof value === 'object' && value !== null) emitMap(value as Record<string, unknown>, indent, where, out);
	else {
		const lead = where === 'root' ? '' : ' ';
		out.push(lead, scalar(value, indent, columnOf(out) + lead.length), '\n');
	}
}

function emitMap(map: Record<string, unknown>, indent: number, where: Where, out: string[]): void {
	const keys = Object.keys(map).filter(key => map[key] !== undefined);
	if (keys.length === 0) {
		out.push(where === 'root' ? '{}\n' : ' {}\n');
		return;
	}

	keys.sort(naturalOrder);
	let first = true;
	for (const key of keys) {
		if (first && where === 'mapping') out.push('\n');
		if (first && where === 'sequence') out.push(' ');
		else out.push(' '.repeat(indent));
		first = false;
		out.push(stringScalar(key, indent, 0, true), ':');
		const child = map[key];
		const childIndent = Array.isArray(child) ? indent : indent + 2;
		emit(child, childIndent, 'mapping', out);
	}
}

function emitList(list: readonly unknown[], indent: number, where: Where, out: string[]): void {
	if (list.length === 0) {
		out.push(where === 'root' ? '[]\n' : ' []\n');
		return;
	}

	let first = true;
	for (const item of list) {
		if (first && where === 'mapping') out.push('\n');
		if (first && where === 'sequence') out.push(' ');
		else out.push(' '.repeat(indent));
		first = false;
		out.push('-');
		emit(item, indent + 2, 'sequence', out);
	}
}

/** Column reached on the line being written; only used for folding long scalars. */
function columnOf(out: readonly string[]): number {
	let column = 0;
	for (let i = out.length - 1; i >= 0; i--) {
		const at = out[i]!.lastIndexOf('\n');
		if (at !== -1) return column + out[i]!.length - at - 1;
		column += out[i]!.length;
	}

	return column;
}

function scalar(value: unknown, indent: number, column: number): string {
	if (value === null || value === undefined) return 'null';
	if (typeof value === 'string') return stringScalar(value, indent, column, false);
	if (typeof value === 'number') return goNumber(value);
	return String(value);
}

/** Numbers as Go's JSON and YAML print a float64: plain up to 1e21. */
export function goNumber(value: number): string {
	const text = String(value);
	return text.includes('e') ? text.replace(/e([+-])(\d)$/, 'e$10$2') : text;
}

function stringScalar(text: string, indent: number, column: number, isKey: boolean): string {
	const allowed = analyze(text);
	let style: 'plain' | 'single' | 'double' | 'literal';
	if (text.includes('\n')) style = 'literal';
	else style = text !== '' && !resolvesToOther(text) ? 'plain' : 'double';
	if (style === 'literal' && (!allowed.block || isKey)) style = 'double';
	if (style === 'plain' && !allowed.plain) style = 'single';
	if (style === 'single' && !allowed.single) style = 'double';
	if (style === 'plain') return fold(text, indent, column, isKey);
	if (style === 'single') return `'${fold(text.replaceAll("'", "''"), indent, column + 1, isKey)}'`;
	if (style === 'double') return doubleQuoted(text, indent, column, isKey);
	return literal(text, indent);
}

/** What an unquoted scalar would be read as, if not a string (YAML 1.1 as go-yaml v2 knows it). */
const keywords = new Set(
	'y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ~ null Null NULL .nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF'.split(
		' ',
	),
);
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const timestamp =
	/^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))|(?: \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?))?$/;

function resolvesToOther(text: string): boolean {
	if (keywords.has(text)) return true;
	const first = text.charCodeAt(0);
	const isDigit = first >= 48 && first <= 57;
	if (!isDigit && first !== 43 && first !== 45 && first !== 46) return false;
	if (first === 46) return /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text);
	const plain = text.replaceAll('_', '');
	return integer.test(plain) || float.test(plain) || base60.test(text) || (isDigit && timestamp.test(text));
}

function analyze(text: string): {plain: boolean; single: boolean; block: boolean} {
	let indicators = text.startsWith('---') || text.startsWith('...');
	let special = false;
	let breakSpace = false;
	let spaceBreak = false;
	let lineBreaks = false;
	let previous = ' ';
	for (let i = 0; i < text.length; i++) {
		const char = text[i]!;
		const code = text.charCodeAt(i);
		const next = text[i + 1];
		const blankFollows = next === undefined || next === ' ' || next === '\t' || next === '\n' || next === '\r';
		if (i === 0 ? '#,[]{}&*!|>\'"%@`'.includes(char) : false) indicators = true;
		if ((char === ':' || (i === 0 && (char === '?' || char === '-'))) && blankFollows) indicators = true;
		if (char === '#' && (previous === ' ' || previous === '\n' || previous === '\t')) indicators = true;
		if (char === ' ' && previous === '\n') breakSpace = true;
		if (char === '\n') {
			lineBreaks = true;
			if (previous === ' ' && i > 0) spaceBreak = true;
		} else if (code < 0x20 || code === 0x7f || (code >= 0x80 && code < 0xa0) || code === 0xfeff) special = true;
		previous = char;
	}

	const first = text[0];
	const last = text.at(-1);
	const edges = first === ' ' || first === '\n' || last === ' ' || last === '\n';
	const worst = spaceBreak || special;
	return {
		plain: !edges && !breakSpace && !worst && !lineBreaks && !indicators,
		single: !breakSpace && !worst,
		block: last !== ' ' && !worst && text !== '',
	};
}

/** Breaks at single blanks once the line is longer than 80 columns. */
function fold(text: string, indent: number, column: number, isKey: boolean): string {
	if (isKey || column + text.length <= widthBest) return text;
	let out = '';
	let at = column;
	for (let i = 0; i < text.length; i++) {
		if (text[i] === ' ' && at > widthBest && text[i - 1] !== ' ' && text[i + 1] !== ' ' && i > 0 && i < text.length - 1) {
			out += '\n' + ' '.repeat(indent);
			at = indent;
		} else {
			out += text[i];
			at++;
		}
	}

	return out;
}

const escapes: Record<string, string> = {
	'\0': '\\0',
	'\x07': '\\a',
	'\b': '\\b',
	'\t': '\\t',
	'\n': '\\n',
	'\v': '\\v',
	'\f': '\\f',
	'\r': '\\r',
	'\x1b': '\\e',
	'"': '\\"',
	'\\': '\\\\',
	'\x85': '\\N',
	'\xa0': '\\_',
	'\u2028': '\\L',
	'\u2029': '\\P',
};

function doubleQuoted(text: string, indent: number, column: number, isKey: boolean): string {
	let out = '"';
	let at = column + 1;
	for (let i = 0; i < text.length; i++) {
		const char = text[i]!;
		const code = text.charCodeAt(i);
		if (char === ' ' && !isKey && at > widthBest && i > 0 && i < text.length - 1 && text[i - 1] !== ' ') {
			out += '\n' + ' '.repeat(indent) + (text[i + 1] === ' ' ? '\\' : '');
			at = indent;
			continue;
		}

		let piece = char === '\xa0' ? char : (escapes[char] ?? char);
		if (piece === char && (code < 0x20 || code === 0x7f || (code >= 0x80 && code < 0xa0)))
			piece = `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
		if (code === 0xfeff) piece = '\\uFEFF';
		out += piece;
		at += piece.length;
	}

	return out + '"';
}

function literal(text: string, indent: number): string {
	const pad = ' '.repeat(indent);
	const hint = text[0] === ' ' || text[0] === '\n' ? '2' : '';
	const chomp = !text.endsWith('\n') ? '-' : text.length === 1 || text.endsWith('\n\n') ? '+' : '';
	const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
	return `|${hint}${chomp}\n` + lines.map(line => (line === '' ? '' : pad + line)).join('\n');
}

/** ASCII is decided without the regular expression: keys are sorted often. */
function isLetter(char: string): boolean {
	const code = char.charCodeAt(0);
	return code < 128 ? (code | 32) >= 97 && (code | 32) <= 122 : /\p{L}/u.test(char);
}

const isDigitAt = (text: string, at: number) => at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;

/** go-yaml orders `a2` before `a10`, and letters after everything else (sorter.go). */
export function naturalOrder(a: string, b: string): number {
	for (let i = 0; i < a.length && i < b.length; i++) {
		if (a[i] === b[i]) continue;
		const aLetter = isLetter(a[i]!);
		const bLetter = isLetter(b[i]!);
		if (aLetter && bLetter) return a[i]! < b[i]! ? -1 : 1;
		if (aLetter || bLetter) return bLetter ? -1 : 1;
		return byNumber(a, b, i);
	}

	return a.length - b.length;
}

function byNumber(a: string, b: string, i: number): number {
	let aNumber = 0;
	let bNumber = 0;
	if (a[i] === '0' || b[i] === '0') {
		for (let j = i - 1; j >= 0 && isDigitAt(a, j); j--) {
			if (a[j] !== '0') {
				aNumber = bNumber = 1;
				break;
			}
		}
	}

	let aEnd = i;
	let bEnd = i;
	for (; isDigitAt(a, aEnd); aEnd++) aNumber = aNumber * 10 + Number(a[aEnd]);
	for (; isDigitAt(b, bEnd); bEnd++) bNumber = bNumber * 10 + Number(b[bEnd]);
	if (aNumber !== bNumber) return aNumber - bNumber;
	if (aEnd !== bEnd) return aEnd - bEnd;
	return a[i]! < b[i]! ? -1 : 1;
}
