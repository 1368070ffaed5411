/** A number as strconv.ParseInt reads it in base 0: `0x10`, `010` (eight), `1_000`. Nothing: not a number. */
export function goInteger(text: string): number | undefined {
	const match = /^([-+]?)(0x(?:_?[0-9a-f])+|0b(?:_?[01])+|0o?(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/i.exec(text);
	if (!match) return undefined;
	const digits = match[2]!.replaceAll('_', '');
	const size = Number(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
	return match[1] === '-' ? -size : size;
}
