/** Words, and what stands between them. */
const pieces = (text: string) => text.split(/([\w.:-]+)/);

/** What texts of one kind say alike; where each student's seed drew something else stands `…`. */
export function inCommon(texts: readonly string[]): string {
	const [first = [], ...others] = [...new Set(texts)].map(pieces);
	if (others.some(each => each.length !== first.length)) return first.join('');
	return first.map((piece, index) => (others.every(each => each[index] === piece) ? piece : '…')).join('');
}

/** The same for texts of one kind: addresses, numbers and names of pods aside. */
export const kindOf = (text: string): string => text.replaceAll(/[\w.:-]*\d[\w.:-]*/g, '…');
