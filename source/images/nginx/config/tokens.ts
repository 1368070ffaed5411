import {Remembered} from '../../../sim/remembered.js';
import {ConfigurationError} from './error.js';

export interface Token {
	readonly text: string;
	readonly quoted: boolean;
	readonly line: number;
}

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};

const pieces =
	/#[^\n]*|\s+|[{};]|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(?:\$\{\w+\}|[^\s{};"'\\]|\\.)(?:\$\{\w+\}|[^\s{};\\]|\\.)*|["'\\]/gs;

/** Lines that stand for themselves, by their text: a generated file says the same a thousand times. */
const read = new Remembered<ReadonlyArray<Omit<Token, 'line'>> | undefined>(5000);

export function tokenise(text: string, file: string): Token[] {
	const tokens: Token[] = [];
	for (let [at, line] = [0, 1]; at < text.length; ) {
		const newline = text.indexOf('\n', at);
		const end = newline < 0 ? text.length : newline;
		const known = read.of(text.slice(at, end).trim(), readLine);
		if (known) {
			for (const each of known) tokens.push({...each, line});
			at = end + 1;
			line++;
		} else {
			const next = scan(text, {at, line, file}, tokens);
			at = next.at;
			line = next.line;
		}
	}

	return tokens;
}

/** Undefined when it takes more than this line to tell: a text that goes on, a block of lua. */
function readLine(text: string): ReadonlyArray<Omit<Token, 'line'>> | undefined {
	if (text === '' || text.startsWith('#')) return [];
	if (!/[;{}]$/.test(text) || text.includes('_by_lua_block')) return undefined;
	const tokens: Array<Omit<Token, 'line'>> = [];
	for (const {0: whole, 1: double, 2: single, index} of text.matchAll(pieces)) {
		if (whole === '"' || whole === "'" || whole === '\\') return undefined;
		const quoted = double ?? single;
		if (quoted !== undefined && isCutOff(text, index + whole.length)) return undefined;
		if (quoted !== undefined) tokens.push({text: unescaped(quoted), quoted: true});
		else if (!/^[\s#]/.test(whole)) tokens.push({text: unescaped(whole), quoted: false});
	}

	return tokens;
}

/** Behind a closing quote nothing stands but a space or the end of the words. */
const isCutOff = (text: string, at: number): boolean => at < text.length && !/[\s;{)]/.test(text[at]!);

interface Place {
	readonly at: number;
	readonly line: number;
}

/** Reads from the beginning of a line to the end of one. */
function scan(text: string, from: Place & {readonly file: string}, tokens: Token[]): Place {
	let {line} = from;
	const pattern = new RegExp(pieces);
	pattern.lastIndex = from.at;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const [whole, double, single] = match;
		if (whole === '"' || whole === "'")
			throw new ConfigurationError(`unexpected end of file, expecting closing quote in ${from.file}:${line}`);
		const quoted = double ?? single;
		if (quoted !== undefined && isCutOff(text, pattern.lastIndex))
			throw new ConfigurationError(`unexpected "${text[pattern.lastIndex]}" in ${from.file}:${line}`);
		if (quoted !== undefined) tokens.push({text: unescaped(quoted), quoted: true, line});
		else if (whole === '{' && tokens.at(-1)?.text.endsWith('_by_lua_block')) {
			const end = endOfLua(text, pattern.lastIndex);
			tokens.push({text: text.slice(pattern.lastIndex, end), quoted: true, line}, {text: ';', quoted: false, line});
			line += linesIn(text.slice(match.index, end));
			pattern.lastIndex = end + 1;
			continue;
		} else if (/^\s/.test(whole) && whole.includes('\n')) {
			const newline = whole.indexOf('\n');
			return {at: match.index + newline + 1, line: line + 1};
		} else if (!/^[\s#]/.test(whole)) tokens.push({text: unescaped(whole), quoted: false, line});
		if (quoted !== undefined) line += linesIn(whole);
	}

	return {at: text.length, line};
}

const unescaped = (text: string): string =>
	text.includes('\\') ? text.replace(/\\(["'\\ntr])/g, (_, char: string) => escapes[char] ?? char) : text;

function linesIn(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

/** Where the brace closes that a block of lua opened. */
function endOfLua(text: string, from: number): number {
	const mark = /[{}]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|--[^\n]*/g;
	mark.lastIndex = from;
	let depth = 1;
	for (let match = mark.exec(text); match; match = mark.exec(text)) {
		if (match[0] === '{') depth++;
		else if (match[0] === '}' && --depth === 0) return match.index;
	}

	return text.length;
}
