import type {LineDiff} from './world-diff.js';

/** Beyond so many cells, the shortest way from one text to the other is not searched for. */
const cellsMax = 1_000_000;

/** Lines taken away and added, in their order: the longest common subsequence of what lies between equal heads and tails. */
export function diffLines(before: readonly string[], after: readonly string[]): LineDiff[] {
	let head = 0;
	while (head < before.length && head < after.length && before[head] === after[head]) head++;
	let tail = 0;
	while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
		tail++;
	const old = before.slice(head, before.length - tail);
	const now = after.slice(head, after.length - tail);
	return (old.length + 1) * (now.length + 1) > cellsMax ? countDiff(old, now) : shortest(old, now);
}

function shortest(old: readonly string[], now: readonly string[]): LineDiff[] {
	const width = now.length + 1;
	const common = new Uint32Array((old.length + 1) * width);
	for (let i = old.length - 1; i >= 0; i--) {
		for (let j = now.length - 1; j >= 0; j--) {
			common[i * width + j] =
				old[i] === now[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
		}
	}

	const lines: LineDiff[] = [];
	for (let i = 0, j = 0; i < old.length || j < now.length; ) {
		if (i < old.length && j < now.length && old[i] === now[j]) {
			i++;
			j++;
		} else if (j >= now.length || (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
			lines.push({sign: '-', text: old[i++]!});
		else lines.push({sign: '+', text: now[j++]!});
	}

	return lines;
}

/** Which lines are more or fewer than before, wherever they stand: enough for tables of thousands of rules. */
export function countDiff(old: readonly string[], now: readonly string[]): LineDiff[] {
	const surplus = (from: readonly string[], other: readonly string[], sign: '+' | '-'): LineDiff[] => {
		const counts = new Map<string, number>();
		for (const line of other) counts.set(line, (counts.get(line) ?? 0) + 1);
		return from.flatMap(text => {
			const count = counts.get(text) ?? 0;
			counts.set(text, count - 1);
			return count > 0 ? [] : [{sign, text}];
		});
	};
	return [...surplus(old, now, '-'), ...surplus(now, old, '+')];
}
