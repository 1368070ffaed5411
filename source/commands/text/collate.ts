/** How texts are ordered where a tool runs. */
export type Compare = (a: string, b: string) => number;

export const byBytes: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The order that the environment asks for: that of the bytes, or that of en_US. */
export function orderOf(env: Readonly<Record<string, string>>): Compare {
	const locale = env['LC_ALL'] || env['LC_COLLATE'] || env['LANG'] || 'C';
	return /^(?:C|POSIX)(?:\.|$)/.test(locale) ? byBytes : createCollation();
}

/** Keys are made once for each text. */
function createCollation(): Compare {
	const keys = new Map<string, string>();
	const keyOf = (text: string) => {
		let key = keys.get(text);
		if (key === undefined) keys.set(text, (key = collationKey(text)));
		return key;
	};
	return (a, b) => byBytes(keyOf(a), keyOf(b)) || byBytes(a, b);
}

const specials = '\t !"#%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const otherSpecial = 0x100;
const letter = '\uffff';

/**
 * glibc's en_US since 2.28 (ISO 14651): first letters and digits alone, then accents, then case, small before capital; what is neither
 * letter nor digit counts only when all else is equal, earlier before later.
 */
function collationKey(text: string): string {
	let base = '';
	let accents = '';
	let cases = '';
	let marks = '';
	for (const char of text.normalize('NFD')) {
		if (/\p{M}/u.test(char)) accents += char;
		else if (/[\p{L}\p{N}$]/u.test(char)) {
			const small = char.toLowerCase();
			base += char === '$' ? '\u0002' : small;
			accents += '\u0001';
			cases += small === char ? 'a' : 'b';
			marks += letter;
		} else {
			const at = specials.indexOf(char);
			marks += String.fromCodePoint(at === -1 ? otherSpecial + char.codePointAt(0)! : at + 1);
		}
	}

	return [base, accents, cases, marks].join('\0');
}
