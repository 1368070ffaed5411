/** cobra offers what is at most two edits away, or begins like the word typed. */
export const suggestions = (word: string, names: readonly string[]): string[] =>
	names.filter(name => distance(word.toLowerCase(), name) <= 2 || name.startsWith(word.toLowerCase()));

function distance(a: string, b: string): number {
	let previous = Array.from({length: b.length + 1}, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
		}

		previous = row;
	}

	return previous[b.length]!;
}
