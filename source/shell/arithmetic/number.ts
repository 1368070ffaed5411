import {wrap} from './operators.js';

/** `10`, `010`, `0x1f`, `2#101`: its value, or what is wrong with it. Models `strlong` in bash's expr.c. */
export function readNumber(text: string): bigint | string {
	const prefix = /^0[xX]?(?=.)|^0[xX]$/.exec(text)?.[0] ?? '';
	if (prefix && text.includes('#')) return 'invalid number';
	if (prefix) return digits(text.slice(prefix.length), prefix.length === 2 ? 16n : 8n);
	const [before = '', after] = split(text);
	if (after === undefined) return digits(text, 10n);
	const base = digits(before, 10n);
	if (typeof base === 'string') return base;
	if (base < 2n || base > 64n) return 'invalid arithmetic base';
	return after === '' ? 'invalid integer constant' : digits(after, base);
}

function split(text: string): [string, string?] {
	const at = text.indexOf('#');
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function digits(text: string, base: bigint): bigint | string {
	let value = 0n;
	for (const character of text) {
		if (character === '#') return 'invalid number';
		const digit = BigInt(digitOf(character, base));
		if (digit >= base) return 'value too great for base';
		value = wrap(value * base + digit);
	}

	return value;
}

/** Up to base 36 both cases mean the same; above, small letters come first, then capitals, `@` and `_`. */
function digitOf(character: string, base: bigint): number {
	if (character === '@') return 62;
	if (character === '_') return 63;
	const value = Number.parseInt(character, 36);
	return base > 36n && /[A-Z]/.test(character) ? value + 26 : value;
}
