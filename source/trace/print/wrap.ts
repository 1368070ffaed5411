/** Breaks a line between words; what follows starts with `indent`. A word longer than the line stays whole. */
export function wrap(text: string, indent: string, columns: number): string[] {
	const lead = /^\s*/.exec(text)![0];
	const lines: string[] = [];
	let line = '';
	for (const word of text.slice(lead.length).split(' ')) {
		const start = lines.length === 0 ? lead : indent;
		if (line === '') line = start + word;
		else if (line.length + 1 + word.length <= columns) line += ` ${word}`;
		else {
			lines.push(line);
			line = indent + word;
		}
	}
	return [...lines, line];
}
