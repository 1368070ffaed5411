const simple: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	'"': '"',
	'\\': '\\',
	"'": "'",
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
};

/** strconv.Unquote of what the lexer let through. */
export function unquoteGo(text: string): string {
	if (text.startsWith('`')) return text.slice(1, -1).replaceAll('\r', '');
	return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/gsu, (whole, code: string) => {
		const known = simple[code];
		if (known !== undefined) return known;
		const number = /^[xuU]./.test(code) ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8);
		return Number.isNaN(number) || number > 0x10ffff ? whole : String.fromCodePoint(number);
	});
}

export const isGoString = (text: string): boolean =>
	text.startsWith('`') || !/\\(?![abfnrtv"\\']|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3})/.test(text.replaceAll('\\\\', ''));
