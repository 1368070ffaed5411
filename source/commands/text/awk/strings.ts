const letters: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
	'\\': '\\',
	'"': '"',
	'/': '/',
};
const sequence = /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|(\n)|(.))/gsu;

/** What a string between quotes means; an unknown escape is the character alone (gawk only warns). */
export const unescapeString = (text: string): string =>
	text.replaceAll(sequence, (whole, octal?: string, hex?: string, end?: string, letter?: string) =>
		octal !== undefined
			? String.fromCharCode(Number.parseInt(octal, 8))
			: hex !== undefined
				? String.fromCharCode(Number.parseInt(hex, 16))
				: end !== undefined
					? ''
					: (letters[letter!] ?? (letter === undefined ? whole : letter)),
	);

/** Letters that need no backslash, yet have one. */
export const oddEscapes = (text: string): string[] =>
	[...text.matchAll(sequence)].flatMap(([, , , , letter]) =>
		letter !== undefined && (letter === '/' || !(letter in letters)) ? [letter] : [],
	);
