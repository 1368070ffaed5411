/** Whole numbers of 64 bits that wrap round, as the machine's own. */
export const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);

const truth = (value: boolean): bigint => (value ? 1n : 0n);

/** What two values make; weakest first. `&&` and `||`, weaker still, do not always look at their right side. */
export const levels: ReadonlyArray<Readonly<Record<string, (left: bigint, right: bigint) => bigint>>> = [
	{'|': (left, right) => left | right},
	{'^': (left, right) => left ^ right},
	{'&': (left, right) => left & right},
	{'==': (left, right) => truth(left === right), '!=': (left, right) => truth(left !== right)},
	{
		'<=': (left, right) => truth(left <= right),
		'>=': (left, right) => truth(left >= right),
		'<': (left, right) => truth(left < right),
		'>': (left, right) => truth(left > right),
	},
	{'<<': (left, right) => wrap(left << (right & 63n)), '>>': (left, right) => left >> (right & 63n)},
	{'+': (left, right) => wrap(left + right), '-': (left, right) => wrap(left - right)},
	{'*': (left, right) => wrap(left * right), '/': (left, right) => wrap(left / right), '%': (left, right) => left % right},
];

/** By name, for `+=` and its kin. */
export const operations = new Map(levels.flatMap(level => Object.entries(level)));

export function power(base: bigint, exponent: bigint): bigint {
	let result = 1n;
	for (let rest = exponent; rest > 0n; rest >>= 1n) {
		if (rest & 1n) result = wrap(result * base);
		base = wrap(base * base);
	}

	return result;
}
