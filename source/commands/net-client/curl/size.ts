const units: Readonly<Record<string, number>> = {b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30};

/** `10k`, `2M` as a number of bytes. */
export const bytesOf = (text: string | undefined): number | undefined => {
	const [, digits, unit = 'b'] = /^(\d+)([kmgb]?)$/i.exec(text ?? '') ?? [];
	return digits === undefined ? undefined : Number(digits) * units[unit.toLowerCase() || 'b']!;
};
