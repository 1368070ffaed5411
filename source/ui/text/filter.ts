/** What is typed to narrow a list: every word must stand somewhere in the text; `!word` must not. */
export function filterOf(filter: string): (texts: readonly string[]) => boolean {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return texts => {
		const text = texts.join(' ').toLowerCase();
		return words.every(word => (word.startsWith('!') && word.length > 1 ? !text.includes(word.slice(1)) : text.includes(word)));
	};
}
