const named: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	'\u0007': '\\a',
	'\b': '\\b',
	'\f': '\\f',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\v': '\\v',
};

/** The line as `l` shows it: nothing invisible, `$` at the end, folded at `width` columns (0 and 1: never). */
export function visible(text: string, width: number): string {
	const lines: string[] = [];
	let line = '';
	for (const code of new TextEncoder().encode(text)) {
		const byte = String.fromCharCode(code);
		const shown = named[byte] ?? (byte < ' ' || byte > '~' ? `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}` : byte);
		if (width > 1 && line.length + shown.length > width - 1) {
			lines.push(`${line}\\`);
			line = '';
		}

		line += shown;
	}

	return [...lines, `${line}$`].join('\n');
}
