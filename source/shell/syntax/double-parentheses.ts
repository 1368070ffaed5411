/**
 * `((exit 3); echo $?)` is a subshell in a subshell: `((` opens arithmetic only if its parentheses close together. Puts a space between
 * those that do not, so that the parser sees two.
 */
export function separateParentheses(text: string): string {
	let result = '';
	let from = 0;
	for (let at = text.indexOf('(('); at >= 0; at = text.indexOf('((', at + 2)) {
		if (/[$<>=]$/.test(text.slice(0, at)) || closesTogether(text, at) !== undefined) continue;
		result += `${text.slice(from, at)}( `;
		from = at + 1;
	}

	return result + text.slice(from);
}

/** Where the `))` stands that closes the `((` at `start`; `undefined` when its parentheses do not close together. */
export function closesTogether(text: string, start: number): number | undefined {
	let depth = 0;
	let quote = '';
	for (let at = start; at < text.length; at++) {
		const character = text[at]!;
		if (character === '\\' && quote !== "'") at++;
		else if (quote) quote = character === quote ? '' : quote;
		else if (character === '"' || character === "'") quote = character;
		else if (character === '(') depth++;
		else if (character === ')' && --depth === 1) return text[at + 1] === ')' ? at : undefined;
	}

	return undefined;
}
