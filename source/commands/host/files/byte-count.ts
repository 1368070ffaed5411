const letters = 'KMGTPEZY';

/** A size as the coreutils read it: `512`, `4K` and `4KiB` (1024), `4KB` (1000), dd's `1c`, `2w`, `3b` and `2x512`. */
export function byteCount(text: string): number | undefined {
	const factors = text.split('x');
	if (factors.length > 1)
		return factors.map(byteCount).reduce((product, each) => (product === undefined || each === undefined ? undefined : product * each));
	const [, digits, letter, tail] = /^(\d+)(?:([a-zA-Z])(B|iB)?)?$/.exec(text) ?? [];
	if (digits === undefined) return undefined;
	const number = Number(digits);
	if (letter === undefined) return number;
	if (letter in small) return tail === undefined ? number * small[letter]! : undefined;
	const power = letters.indexOf(letter.toUpperCase()) + 1;
	return power === 0 ? undefined : number * (tail === 'B' ? 1000 : 1024) ** power;
}

const small: Readonly<Record<string, number>> = {c: 1, w: 2, b: 512};
