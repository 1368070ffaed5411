/** `0-2,4`: the form of completedIndexes. */
export function formatIndexes(indexes: ReadonlySet<number>): string {
	const sorted = [...indexes].sort((a, b) => a - b);
	const ranges: Array<[number, number]> = [];
	for (const index of sorted) {
		const last = ranges.at(-1);
		if (last && last[1] === index - 1) last[1] = index;
		else ranges.push([index, index]);
	}

	// Two neighbours are listed, three make a range (job/indexed_job_utils.go).
	return ranges.map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}-${to}`)).join(',');
}

export function parseIndexes(text: string | undefined): Set<number> {
	const indexes = new Set<number>();
	for (const range of (text ?? '').split(',').filter(Boolean)) {
		const [from = 0, to = from] = range.split('-').map(Number);
		for (let index = from; index <= to; index++) indexes.add(index);
	}

	return indexes;
}
