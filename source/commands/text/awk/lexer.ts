import {builtinNames} from './functions.js';
import {syntaxError} from './errors.js';
import {oddEscapes, unescapeString} from './strings.js';

export type TokenType = 'number' | 'string' | 'regex' | 'name' | 'function name' | 'builtin' | 'keyword' | 'mark' | 'newline' | 'end';

export interface Token {
	readonly type: TokenType;
	readonly text: string;
	readonly at: number;
	readonly line: number;
}

/** One source text of a program and how its lines are called: `cmd. line:1`, `prog:3`. */
export interface Source {
	readonly text: string;
	place(line: number): string;
	/** What is odd, though no mistake. */
	warn(message: string): void;
}

const keywords = new Set(
	'BEGIN END BEGINFILE ENDFILE function func if else while for do break continue next nextfile exit return delete in getline print printf switch case default'.split(
		' ',
	),
);
const marks = /^(?:\*\*=|\*\*|[-+*/%^=!<>]=|\+\+|--|&&|\|\||>>|!~|\|&|[-+*/%^=!<>|?:~$,;(){}[\]])/;
const number = /^(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;

/** A slash behind one of these divides; anywhere else it opens a regular expression. */
const dividesAfter = (last: Token | undefined) =>
	last !== undefined &&
	(['number', 'string', 'regex', 'name', 'builtin'].includes(last.type) ||
		(last.type === 'mark' && [')', ']', '$', '++', '--'].includes(last.text)));

export function tokenize(source: Source): Token[] {
	const {text} = source;
	const tokens: Token[] = [];
	let line = 1;
	let at = 0;
	const fail = (message: string, where = at) => syntaxError(text, each => source.place(each), line, where, message);
	const add = (type: TokenType, length: number, value = text.slice(at, at + length)) => {
		tokens.push({type, text: value, at, line});
		at += length;
	};
	while (at < text.length) {
		const rest = text.slice(at, at + 64);
		const character = rest[0]!;
		const skipped = /^(?:[ \t\r]+|#[^\n]*|\\\r?\n)/.exec(character === '#' ? text.slice(at) : rest)?.[0];
		if (skipped) {
			if (skipped[0] === '\\') line++;
			at += skipped.length;
		} else if (character === '\n') {
			add('newline', 1);
			line++;
		} else if (character === '"') {
			const end = stringEnd(text, at);
			if (end === undefined) throw fail('unterminated string');
			const inside = text.slice(at + 1, end - 1);
			for (const letter of oddEscapes(inside))
				source.warn(`${source.place(line)}: warning: escape sequence \`\\${letter}' treated as plain \`${letter}'`);
			add('string', end - at, unescapeString(inside));
		} else if (character === '/' && !dividesAfter(tokens.at(-1))) {
			const end = regexEnd(text, at);
			if (end === undefined) throw fail('unterminated regexp', at + 1);
			add('regex', end - at, text.slice(at + 1, end - 1));
		} else if (/[A-Za-z_]/.test(character)) {
			const name = /^\w+/.exec(text.slice(at))![0];
			add(wordType(name, text[at + name.length]), name.length);
		} else {
			const found = number.exec(rest) ?? marks.exec(rest);
			if (!found) throw fail(character === '\\' ? 'backslash not last character on line' : 'syntax error');
			add(/[\d.]/.test(found[0][0]!) ? 'number' : 'mark', found[0].length);
		}
	}

	tokens.push({type: 'end', text: '', at, line});
	return tokens;
}

const wordType = (name: string, next: string | undefined): TokenType =>
	keywords.has(name) ? 'keyword' : builtinNames.has(name) ? 'builtin' : next === '(' ? 'function name' : 'name';

function stringEnd(text: string, start: number): number | undefined {
	for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '"') return at + 1;
	}

	return undefined;
}

/** A slash within brackets is no end. */
function regexEnd(text: string, start: number): number | undefined {
	let inBrackets = false;
	for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
		const character = text[at];
		if (character === '\\') at++;
		else if (inBrackets) inBrackets = character !== ']';
		else if (character === '[') {
			inBrackets = true;
			const first = text[at + 1] === '^' ? at + 2 : at + 1;
			if (text[first] === ']') at = first;
		} else if (character === '/') return at + 1;
	}

	return undefined;
}
