/** Wraps as github.com/mitchellh/go-wordwrap does: at blanks only, blanks at a break are dropped, a word of the full width is never moved. */
export function wordWrap(text: string, limit: number): string {
	let out = '';
	let column = 0;
	let word = '';
	let space = '';
	const flush = (): void => {
		out += space + word;
		column += space.length + word.length;
		space = '';
		word = '';
	};
	for (const char of text) {
		if (char === '\n') {
			if (word === '' && column + space.length > limit) space = '';
			flush();
			out += char;
			column = 0;
		} else if (/\s/.test(char) && char !== '\u00a0') {
			if (space === '' || word !== '') flush();
			space += char;
		} else {
			word += char;
			if (column + word.length + space.length > limit && word.length < limit) {
				out += '\n';
				column = 0;
				space = '';
			}
		}
	}

	if (word !== '' || column + space.length <= limit) flush();
	return out;
}
