/** Beyond this many steps the two texts are treated as wholly different. */
const stepsMax = 4000;

export type Edit = {readonly kind: ' ' | '-' | '+'; readonly line: string};

/**
 * The shortest edit script (E. Myers, An O(ND) difference algorithm). Of lines that count as the same, the first text's is kept.
 */
export function editsBetween(a: readonly string[], b: readonly string[], same = (one: string, other: string) => one === other): Edit[] {
	const max = Math.min(a.length + b.length, stepsMax);
	const offset = max + 1;
	const furthest = new Int32Array(2 * max + 3);
	const trace: Int32Array[] = [];
	for (let d = 0; d <= max; d++) {
		trace.push(furthest.slice());
		for (let k = -d; k <= d; k += 2) {
			let x =
				k === -d || (k !== d && furthest[offset + k - 1]! < furthest[offset + k + 1]!)
					? furthest[offset + k + 1]!
					: furthest[offset + k - 1]! + 1;
			while (x < a.length && x - k < b.length && same(a[x]!, b[x - k]!)) x++;
			furthest[offset + k] = x;
			if (x >= a.length && x - k >= b.length) return backtrack(trace, a, b, offset);
		}
	}

	return [...a.map(line => ({kind: '-', line}) as const), ...b.map(line => ({kind: '+', line}) as const)];
}

function backtrack(trace: readonly Int32Array[], a: readonly string[], b: readonly string[], offset: number): Edit[] {
	const edits: Edit[] = [];
	let [x, y] = [a.length, b.length];
	for (let d = trace.length - 1; d >= 0; d--) {
		const furthest = trace[d]!;
		const k = x - y;
		const down = k === -d || (k !== d && furthest[offset + k - 1]! < furthest[offset + k + 1]!);
		const previousK = down ? k + 1 : k - 1;
		const previousX = d === 0 ? 0 : furthest[offset + previousK]!;
		const previousY = previousX - previousK;
		while (x > previousX && y > previousY && x > 0 && y > 0) {
			edits.push({kind: ' ', line: a[--x]!});
			y--;
		}

		if (d === 0) break;
		if (down) edits.push({kind: '+', line: b[--y]!});
		else edits.push({kind: '-', line: a[--x]!});
	}

	return edits.reverse();
}
