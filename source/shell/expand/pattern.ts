import {BoundedRegExp} from '../../regex/bounded.js';

/** A shell pattern as a regular expression source, without anchors. Backslash takes the next character as it is. */
export function patternSource(pattern: string, {extended = true, slash = true}: {extended?: boolean; slash?: boolean} = {}): string {
	const any = slash ? '[^]' : '[^/]';
	let source = '';
	const groups: string[] = [];
	for (let at = 0; at < pattern.length; at++) {
		const character = pattern[at]!;
		if (character === '\\') {
			at++;
			source += quote(pattern[at] ?? '\\');
		} else if (extended && '@?*+!'.includes(character) && pattern[at + 1] === '(') {
			groups.push(character);
			source += character === '!' ? '(?:(?!(?:' : '(?:';
			at++;
		} else if (character === '|' && groups.length > 0) source += '|';
		else if (character === ')' && groups.length > 0) {
			const kind = groups.pop()!;
			source += kind === '!' ? `)$)${any}*)` : `)${kind === '@' ? '' : kind}`;
		} else if (character === '*') {
			while (pattern[at + 1] === '*') at++;
			source += `${any}*`;
		} else if (character === '?') source += any;
		else if (character === '[') {
			const end = bracketEnd(pattern, at);
			source += end < 0 ? '\\[' : bracketSource(pattern.slice(at + 1, end));
			if (end >= 0) at = end;
		} else source += quote(character);
	}

	return source;
}

export function matchesPattern(text: string, pattern: string, ignoreCase = false): boolean {
	if (!/[*?[\\(]/.test(pattern)) return ignoreCase ? text.toLowerCase() === pattern.toLowerCase() : text === pattern;
	return new BoundedRegExp(`^(?:${patternSource(pattern)})$`, ignoreCase ? 'iu' : 'u').test(text);
}

const quote = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function bracketEnd(pattern: string, start: number): number {
	let at = start + 1;
	if (pattern[at] === '!' || pattern[at] === '^') at++;
	if (pattern[at] === ']') at++;
	for (; at < pattern.length; at++) {
		if (pattern.startsWith('[:', at)) {
			const end = pattern.indexOf(':]', at);
			if (end > 0) at = end + 1;
		} else if (pattern[at] === '\\') at++;
		else if (pattern[at] === ']') return at;
	}

	return -1;
}

const classes: Readonly<Record<string, string>> = {
	alpha: 'A-Za-z',
	digit: '0-9',
	alnum: 'A-Za-z0-9',
	upper: 'A-Z',
	lower: 'a-z',
	space: '\\s',
	blank: ' \\t',
	punct: '!-\\/:-@\\[-`{-~',
	xdigit: '0-9A-Fa-f',
	word: '\\w',
	print: ' -~',
	graph: '!-~',
	cntrl: '\\x00-\\x1f',
};

export function bracketSource(body: string): string {
	const negated = body[0] === '!' || body[0] === '^';
	const rest = (negated ? body.slice(1) : body)
		.replaceAll(/\\(.)/g, '$1')
		.replaceAll(/[\\\]^]/g, '\\$&')
		.replaceAll(/\[:(\w+):\\\]/g, (all, name: string) => classes[name] ?? all)
		.replaceAll('[', '\\[')
		.replaceAll('\\\\[', '\\[');
	return `[${negated ? '^' : ''}${rest}]`;
}

/** A POSIX extended regular expression (`[[ =~ ]]`) in JavaScript's terms. */
export const regexSource = (source: string): string =>
	source.replaceAll(/\[(\^?\]?(?:\[:\w+:\]|[^\]])*)\]/g, (_, body: string) => bracketSource(body)).replaceAll('[^]', '[^]');
