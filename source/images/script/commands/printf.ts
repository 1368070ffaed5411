const escapes: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	a: '\u0007',
	b: '\b',
	f: '\f',
	v: '\v',
	'\\': '\\',
	e: '\u001b',
	'"': '"',
	"'": "'",
};

/** `\n`, `\t`, `\0101`, `\x41`. */
export const backslashed = (text: string): string =>
	text.replace(/\\(?:0?([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/gs, (whole, octal?: string, hex?: string, char?: string) =>
		octal
			? String.fromCharCode(Number.parseInt(octal, 8))
			: hex
				? String.fromCharCode(Number.parseInt(hex, 16))
				: (escapes[char ?? ''] ?? whole),
	);

/** The format is used again while arguments remain. */
export function printf(format: string, args: readonly string[]): string {
	let result = '';
	let at = 0;
	do {
		const before = at;
		result += backslashed(format).replace(
			/%(-?0?)(\d*)(?:\.(\d+))?([sdiuxXcfb%])/g,
			(_, pad: string, width: string, precision: string | undefined, kind: string) => {
				if (kind === '%') return '%';
				const text = convert(args[at++] ?? '', kind, precision);
				if (width === '') return text;
				return pad.startsWith('-')
					? text.padEnd(Number(width))
					: text.padStart(Number(width), pad.includes('0') && kind !== 's' ? '0' : ' ');
			},
		);
		if (at === before) break;
	} while (at < args.length);
	return result;
}

function convert(argument: string, kind: string, precision?: string): string {
	if (kind === 's') return precision === undefined ? argument : argument.slice(0, Number(precision));
	if (kind === 'b') return backslashed(argument);
	if (kind === 'c') return argument.slice(0, 1);
	const number = Number(argument) || 0;
	if (kind === 'f') return number.toFixed(Number(precision ?? 6));
	if (kind === 'x' || kind === 'X') return kind === 'x' ? Math.trunc(number).toString(16) : Math.trunc(number).toString(16).toUpperCase();
	return String(Math.trunc(number));
}
