/** As wide as a terminal was: broken at spaces, each line with its own `Warning: ` (src/tool_msgs.c). */
export function warning(text: string): string {
	const width = 79 - 'Warning: '.length;
	let rest = text;
	let lines = '';
	// The end of the line counts.
	while (rest.length + 1 > width) {
		const space = rest.lastIndexOf(' ', width - 1);
		const cut = space > 0 ? space + 1 : width;
		lines += `Warning: ${rest.slice(0, cut)}\n`;
		rest = rest.slice(cut);
	}

	return `${lines}Warning: ${rest}\n`;
}

export const twoMethods = ([first, second]: readonly string[]): string =>
	warning(`You can only select one HTTP request method! You asked for both ${first} and ${second}.`);
