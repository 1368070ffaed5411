import {RegexError} from '../../regex/regex-error.js';

const classes: Readonly<Record<string, string>> = {
	alpha: '\\p{L}',
	digit: '0-9',
	alnum: '\\p{L}\\p{Nd}',
	upper: '\\p{Lu}',
	lower: '\\p{Ll}',
	space: ' \\t\\n\\r\\f\\v',
	blank: ' \\t',
	punct: '!-\\/:-@\\[-`\\{-~',
	print: ' -~\\u00a1-\\u{10ffff}',
	graph: '!-~\\u00a1-\\u{10ffff}',
	cntrl: '\\x00-\\x1f\\x7f',
	xdigit: '0-9A-Fa-f',
};

const quote = (character: string): string => (/[\\\]^\-[]/.test(character) ? `\\${character}` : character);

/** A bracket expression whose `[` stands at `at`: its JavaScript form, and where it ends. POSIX: a backslash is a character like any other. */
export function bracket(pattern: readonly string[], at: number): {readonly source: string; readonly end: number} {
	let index = at + 1;
	const negated = pattern[index] === '^';
	if (negated) index++;
	let source = '';
	for (let first = true; ; first = false) {
		const start = pattern[index];
		if (start === undefined) throw new RegexError('Unmatched [, [^, [:, [., or [=');
		if (start === ']' && !first) return {source: source === '' ? '(?!)' : `[${negated ? '^' : ''}${source}]`, end: index + 1};
		if (start === '[' && pattern[index + 1] === ':') {
			const named = nameAt(pattern, index);
			const members = classes[named.name];
			if (members === undefined) throw new RegexError('Invalid character class name');
			source += members;
			index = named.end;
			continue;
		}

		const low = element(pattern, index);
		index = low.end;
		if (pattern[index] === '-' && pattern[index + 1] !== undefined && pattern[index + 1] !== ']') {
			const high = element(pattern, index + 1);
			if (low.name > high.name) throw new RegexError('Invalid range end');
			source += `${quote(low.name)}-${quote(high.name)}`;
			index = high.end;
		} else source += quote(low.name);
	}
}

/** A single member: a character, `[.x.]` or `[=x=]`. */
function element(pattern: readonly string[], at: number): {readonly name: string; readonly end: number} {
	const next = pattern[at + 1];
	if (pattern[at] !== '[' || (next !== '.' && next !== '=')) return {name: pattern[at]!, end: at + 1};
	const found = nameAt(pattern, at);
	if ([...found.name].length !== 1) throw new RegexError('Invalid collation character');
	return found;
}

/** The name in `[:name:]`, `[.name.]` or `[=name=]`. */
function nameAt(pattern: readonly string[], at: number): {readonly name: string; readonly end: number} {
	const kind = pattern[at + 1];
	for (let index = at + 2; index + 1 < pattern.length; index++) {
		if (pattern[index] === kind && pattern[index + 1] === ']') return {name: pattern.slice(at + 2, index).join(''), end: index + 2};
	}

	throw new RegexError('Unmatched [, [^, [:, [., or [=');
}
