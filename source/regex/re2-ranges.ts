export type Range = readonly [low: number, high: number];
export type Ranges = readonly Range[];

const pointMax = 0x10_ff_ff;
/** Ranges longer than this are not looked through for letters of the other case. */
const foldMax = 3000;
/** Letters that fold to one in ASCII though neither of their cases is its other case: the Kelvin sign and the long s. */
const odd: Readonly<Record<string, string>> = {k: '\u212A', K: '\u212A', s: '\u017F', S: '\u017F', '\u212A': 'kK', '\u017F': 'sS'};

export const complement = (ranges: Ranges): Ranges => {
	const found: Range[] = [];
	let next = 0;
	for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
		if (low > next) found.push([next, low - 1]);
		next = Math.max(next, high + 1);
	}

	return next > pointMax ? found : [...found, [next, pointMax]];
};

/** A character and those that differ from it only in case. */
function bothCases(point: number): number[] {
	const one = String.fromCodePoint(point);
	const all = [one, one.toLowerCase(), one.toUpperCase(), ...(odd[one] ?? '')];
	return [...new Set(all.filter(each => [...each].length === 1).map(each => each.codePointAt(0)!))];
}

export const withBothCases = (ranges: Ranges): Ranges =>
	ranges.flatMap(([low, high]) => {
		const others: Range[] = [];
		for (let point = low; point <= Math.min(high, low + foldMax); point++) {
			for (const other of bothCases(point)) if (other < low || other > high) others.push([other, other]);
		}

		return [[low, high] as Range, ...others];
	});

const pointSource = (point: number): string => `\\u{${point.toString(16)}}`;

/** Ranges as they stand within the brackets of a JavaScript pattern. */
export const rangesSource = (ranges: Ranges): string =>
	ranges.map(([low, high]) => (low === high ? pointSource(low) : `${pointSource(low)}-${pointSource(high)}`)).join('');
