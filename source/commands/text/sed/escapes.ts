const simple: Readonly<Record<string, string>> = {a: '\u0007', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'};

/** GNU's character escapes (`\t`, `\x41`, `\o101`, `\d065`, `\cA`); whatever else follows a backslash stays as it is, backslash included. */
export const unescapeCharacters = (text: string): string =>
	text.replaceAll(
		/\\(?:([afrtv])|x([\da-fA-F]{1,2})|o([0-7]{1,3})|d(\d{1,3})|c([^\\])|([\s\S]))/g,
		(all, letter, hex, octal, decimal, control) => {
			if (letter) return simple[letter]!;
			if (hex) return protect(Number.parseInt(hex, 16));
			if (octal) return protect(Number.parseInt(octal, 8));
			if (decimal) return protect(Number(decimal));
			if (control) return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 64);
			return all;
		},
	);

/** `s/\x26/x/`: a special character that is written as a number stands for itself. */
function protect(code: number): string {
	const character = String.fromCharCode(code & 255);
	return /[&\\^$.*[\]]/.test(character) ? `\\${character}` : character;
}

/** The text of a, i and c: a backslash protects the next character and goes; letters are GNU's escapes. */
export const unescapeText = (text: string): string =>
	unescapeCharacters(text).replaceAll(/\\([\s\S])/g, (_, character) => (character === 'n' ? '\n' : character));
