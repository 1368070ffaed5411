import type {Node} from './tree.js';

export class SyntaxProblem extends Error {}

export type Token =
	| {readonly kind: 'word' | 'field' | 'variable' | 'number' | 'format' | 'op' | 'end'; readonly text: string}
	| {readonly kind: 'string'; readonly text: string; readonly parts: ReadonlyArray<string | Node>};

const tokenPattern =
	/\s+|#[^\n]*|(?<string>")|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<field>\.[a-zA-Z_]\w*)|(?<variable>\$(?:__loc__|[a-zA-Z_][\w]*(?:::\w+)*))|(?<format>@\w+)|(?<word>[a-zA-Z_]\w*(?:::\w+)*)|(?<op>\?\/\/=?|\|=|\/\/=|\/\/|[-+*/%]=|[=!<>]=|\.\.|[-.[\](){}|,:;=<>+*/%?])/y;

export function tokenize(text: string, parseInner: (text: string) => Node): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < text.length) {
		tokenPattern.lastIndex = at;
		const found = tokenPattern.exec(text);
		if (!found) throw new SyntaxProblem(`syntax error, unexpected INVALID_CHARACTER`);
		at = tokenPattern.lastIndex;
		if (found.groups!['string']) {
			const [parts, end] = readString(text, at, parseInner);
			tokens.push({kind: 'string', text: '"', parts});
			at = end;
			continue;
		}

		for (const kind of ['number', 'field', 'variable', 'format', 'word', 'op'] as const) {
			const piece = found.groups![kind];
			if (piece !== undefined) tokens.push({kind, text: piece});
		}
	}

	return [...tokens, {kind: 'end', text: ''}];
}

/** The pieces of a string with `\(...)` in it, and where it ends. */
function readString(text: string, start: number, parseInner: (text: string) => Node): [Array<string | Node>, number] {
	const parts: Array<string | Node> = [];
	let plain = '';
	let at = start;
	for (;;) {
		const char = text[at];
		if (char === undefined)
			throw new SyntaxProblem('syntax error, unexpected end of file, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END');
		if (char === '"') return [[...parts, plain], at + 1];
		if (char !== '\\') {
			plain += char;
			at++;
		} else if (text[at + 1] === '(') {
			const end = closing(text, at + 2, parseInner);
			parts.push(plain, parseInner(text.slice(at + 2, end)));
			plain = '';
			at = end + 1;
		} else {
			const escaped = /^\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/.exec(text.slice(at, at + 6))?.[0];
			if (!escaped) throw new SyntaxProblem('Invalid escape');
			plain += JSON.parse(`"${escaped}"`);
			at += escaped.length;
		}
	}
}

function closing(text: string, start: number, parseInner: (text: string) => Node): number {
	let depth = 1;
	for (let at = start; at < text.length; at++) {
		if (text[at] === '"') at = readString(text, at + 1, parseInner)[1] - 1;
		else if (text[at] === '(') depth++;
		else if (text[at] === ')' && --depth === 0) return at;
	}

	throw new SyntaxProblem('syntax error, unexpected end of file');
}
