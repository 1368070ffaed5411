/** As PCRE2 words it. */
export function patternProblem(source: string): string | undefined {
	const [depth, open] = bracketsOf(source);
	const why = open
		? 'missing terminating ] for character class'
		: depth > 0
			? 'missing closing parenthesis'
			: /^[*+?]/.test(source)
				? 'quantifier does not follow a repeatable item'
				: undefined;
	if (why) return `pcre2_compile() failed: ${why} in "${source}"${why.startsWith('quantifier') ? ` at "${source}"` : ''}`;
	return depth < 0 ? `pcre2_compile() failed: unmatched closing parenthesis in "${source}" at ")"` : undefined;
}

function bracketsOf(source: string): readonly [depth: number, openClass: boolean] {
	let [depth, open] = [0, false];
	for (let at = 0; at < source.length; at++) {
		const letter = source[at];
		if (letter === '\\') at++;
		else if (open) open = letter !== ']';
		else if (letter === '[') [open, at] = [true, /^\^?\]/.test(source.slice(at + 1)) ? at + source.slice(at + 1).indexOf(']') + 1 : at];
		else if (letter === '(') depth++;
		else if (letter === ')') depth--;
	}
	return [depth, open];
}
