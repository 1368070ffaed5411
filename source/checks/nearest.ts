/** The candidate a slip of the fingers away from `word`, for "did you mean"; undefined when none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: {candidate: string; distance: number} | undefined;
	for (const candidate of candidates) {
		const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
		if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && (!best || distance < best.distance)) best = {candidate, distance};
	}
	return best?.candidate;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). Long words are not compared. */
function editDistance(a: string, b: string): number {
	if (a.length > 64 || b.length > 64) return Number.POSITIVE_INFINITY;
	let before: number[] = [];
	let last = Array.from({length: b.length + 1}, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
			row.push(cost);
		}
		before = last;
		last = row;
	}
	return last[b.length]!;
}
