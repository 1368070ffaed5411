/** One line of a conformance family; the shape of `given` and `expected` is the family's. */
export interface Line {
	readonly id?: string;
	readonly source: any;
	readonly given: any;
	readonly expected?: any;
	readonly expect?: any;
	readonly [field: string]: any;
}

export interface Result {
	readonly passed: number;
	readonly total: number;
	readonly failed: readonly string[];
	/** Why, in the order of `failed`. */
	readonly reasons: readonly string[];
}

export const idOf = (line: Line): string => line.id ?? (typeof line.source === 'string' ? line.source : JSON.stringify(line.source));

/** Judges each line: `true`, or what is wrong with it. */
export function tally(lines: readonly Line[], judge: (line: Line) => true | string, name: (line: Line) => string = idOf): Result {
	const failed: string[] = [];
	const reasons: string[] = [];
	for (const line of lines) {
		let verdict: true | string;
		try {
			verdict = judge(line);
		} catch (error) {
			verdict = `threw ${(error as Error).stack}`;
		}

		if (verdict !== true) {
			failed.push(name(line));
			reasons.push(verdict);
		}
	}

	return {passed: lines.length - failed.length, total: lines.length, failed, reasons};
}
