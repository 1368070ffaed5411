import {Re2Error} from './regex-error.js';
import {complement, type Ranges} from './re2-ranges.js';

const digits: Ranges = [[48, 57]];
const letters: Ranges = [
	[65, 90],
	[97, 122],
];
const word: Ranges = [...digits, ...letters, [95, 95]];
const space: Ranges = [
	[9, 10],
	[12, 13],
	[32, 32],
];

/** The classes of Perl are of ASCII, and `\v` is no space. */
export const perlClasses: Readonly<Record<string, Ranges>> = {
	'\\d': digits,
	'\\D': complement(digits),
	'\\s': space,
	'\\S': complement(space),
	'\\w': word,
	'\\W': complement(word),
};

export const namedClasses: Readonly<Record<string, Ranges>> = {
	alnum: [...digits, ...letters],
	alpha: letters,
	ascii: [[0, 127]],
	blank: [
		[9, 9],
		[32, 32],
	],
	cntrl: [
		[0, 31],
		[127, 127],
	],
	digit: digits,
	graph: [[33, 126]],
	lower: [[97, 122]],
	print: [[32, 126]],
	punct: [
		[33, 47],
		[58, 64],
		[91, 96],
		[123, 126],
	],
	space: [
		[9, 13],
		[32, 32],
	],
	upper: [[65, 90]],
	word,
	xdigit: [...digits, [65, 70], [97, 102]],
};

/** `\pL`, `\p{Greek}`, `\P{^Lu}` at the beginning of `rest`: its JavaScript form, and how long it is. */
export function unicodeClass(rest: string): {readonly source: string; readonly length: number} | undefined {
	const [all, sign, single, braced] =
		/^\\([pP])(?:\{([^}]*)\}|([^{]))/u.exec(rest)?.map((each, at, found) => (at === 2 ? found[3] : at === 3 ? found[2] : each)) ?? [];
	if (all === undefined) {
		if (/^\\[pP]\{/.test(rest)) throw new Re2Error('invalid character class range', rest);
		return undefined;
	}

	const negated = braced?.startsWith('^') ?? false;
	const name = braced === undefined ? single! : braced.slice(negated ? 1 : 0);
	const letter = (sign === 'P') !== negated ? 'P' : 'p';
	const property = /^[A-Z][a-z]?$/.test(name) ? name : name === 'Any' ? 'Any' : `Script=${name}`;
	try {
		new RegExp(`\\p{${property}}`, 'u');
	} catch {
		throw new Re2Error('invalid character class range', all);
	}

	return {source: `\\${letter}{${property}}`, length: all.length};
}

const controls: Readonly<Record<string, number>> = {a: 7, f: 12, n: 10, r: 13, t: 9, v: 11};

/** The character that an escape stands for. */
export function readEscape(rest: string): {readonly point: number; readonly length: number} {
	const one = [...rest.slice(1, 3)][0];
	if (one === undefined) throw new Re2Error('trailing backslash at end of expression', '');
	const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)?.[0];
	if (octal) return {point: Number.parseInt(octal.slice(1), 8), length: octal.length};
	const hex = /^\\x(?:([\da-fA-F]{2})|\{([\da-fA-F]+)\})/.exec(rest);
	const point = hex ? Number.parseInt(hex[1] ?? hex[2]!, 16) : controls[one];
	if (point !== undefined && point <= 0x10_ff_ff) return {point, length: hex ? hex[0].length : 2};
	if (one < '\u0080' && !/[A-Za-z0-9]/.test(one)) return {point: one.codePointAt(0)!, length: 2};
	throw new Re2Error('invalid escape sequence', one === 'x' ? /^\\x(?:\{[\da-fA-F]*.?|[\da-fA-F]?.?)/u.exec(rest)![0] : `\\${one}`);
}
