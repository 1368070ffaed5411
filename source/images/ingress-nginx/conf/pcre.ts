/** Why PCRE2 does not compile a pattern, as nginx says it; undefined when it does. The mistakes that people make, not the whole grammar. */
export function pcreError(pattern: string): string | undefined {
	const fail = (why: string, offset: number) => `${why} in "${pattern}"${offset >= pattern.length ? '' : ` at "${pattern.slice(offset)}"`}`;
	let open = 0;
	let repeatable = false;
	for (let i = 0; i < pattern.length; i++) {
		const char = pattern[i]!;
		if (char === '\\') {
			if (i + 1 === pattern.length) return fail('\\ at end of pattern', pattern.length);
			i++;
			repeatable = true;
		} else if (char === '[') {
			const end = classEnd(pattern, i);
			if (end < 0) return fail('missing terminating ] for character class', pattern.length);
			const range = /([a-zA-Z0-9])-([a-zA-Z0-9])/.exec(pattern.slice(i + 1, end));
			if (range && range[1]! > range[2]!) return fail('range out of order in character class', i + 1 + range.index + 2);
			i = end;
			repeatable = true;
		} else if (char === '(') {
			open++;
			repeatable = false;
			if (pattern[i + 1] === '?') i += /^\(\?(<?[=!]|P?<\w+>|[a-z-]*:?)/.exec(pattern.slice(i))![0].length - 1;
		} else if (char === ')') {
			if (open-- === 0) return fail('unmatched closing parenthesis', i);
			repeatable = true;
		} else if ('*+?'.includes(char) || (char === '{' && /^\{\d+(,\d*)?\}/.test(pattern.slice(i)))) {
			if (!repeatable) return fail('quantifier does not follow a repeatable item', i + 1);
			if (char === '{') i = pattern.indexOf('}', i);
			// One more mark makes it lazy or possessive.
			if ('+?'.includes(pattern[i + 1] ?? ' ')) i++;
			repeatable = false;
		} else repeatable = char !== '|';
	}

	return open > 0 ? fail('missing closing parenthesis', pattern.length) : undefined;
}

/** A `]` right after the beginning is one of the characters. */
function classEnd(pattern: string, start: number): number {
	let i = start + (pattern[start + 1] === '^' ? 2 : 1);
	if (pattern[i] === ']') i++;
	for (; i < pattern.length; i++) {
		if (pattern[i] === '\\') i++;
		else if (pattern[i] === ']') return i;
	}

	return -1;
}
