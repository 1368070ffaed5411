import {createHash} from 'node:crypto';

/** A Corefile as the parser leaves it: server blocks of directives of words. */
export interface ServerBlock {
	/** `.:53`, `example.org` */
	readonly keys: readonly string[];
	readonly directives: readonly Directive[];
}

export interface Directive {
	readonly name: string;
	readonly line: number;
	readonly args: readonly string[];
	/** Lines in braces; absent when there are no braces. */
	readonly block?: readonly BlockLine[];
}

export interface BlockLine {
	readonly words: readonly string[];
	readonly line: number;
}

/** In the words that CoreDNS prints before it exits. */
export class CorefileError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'CorefileError';
	}
}

interface Token {
	readonly text: string;
	readonly line: number;
}

export const errorAt = (file: string, line: number, text: string): CorefileError =>
	new CorefileError(`${file}:${line} - Error during parsing: ${text}`);

/** Models github.com/coredns/caddy/caddyfile. */
export function parseCorefile(file: string, text: string): ServerBlock[] {
	const tokens = tokenize(text);
	const blocks: ServerBlock[] = [];
	let i = 0;
	const lastLine = tokens.at(-1)?.line ?? 1;
	while (i < tokens.length) {
		const keys: string[] = [];
		const firstLine = tokens[i]!.line;
		while (i < tokens.length && tokens[i]!.text !== '{') {
			if (tokens[i]!.line !== firstLine && !keys.at(-1)?.endsWith(',')) break;
			keys.push(tokens[i++]!.text);
		}

		const names = keys.map(key => key.replace(/,$/, '')).filter(Boolean);
		if (names.length === 0) throw errorAt(file, firstLine, "Unexpected token '{', expecting a server block key");
		const braced = tokens[i]?.text === '{';
		if (braced) i++;
		const directives: Directive[] = [];
		while (i < tokens.length && tokens[i]!.text !== '}') {
			const [directive, next] = readDirective(file, tokens, i, lastLine);
			directives.push(directive);
			i = next;
		}

		// The parser looks at the last token it saw: a brace that closed an inner block passes for the outer one.
		const last = tokens.at(-1)!;
		if (braced && i >= tokens.length && last.text !== '}') {
			throw new CorefileError(`${file}:${last.line} - Syntax error: Unexpected token '${last.text}', expecting '}'`);
		}

		if (!braced && tokens[i]?.text === '}') throw errorAt(file, tokens[i]!.line, "Unexpected '}' because no matching opening brace");
		i++;
		blocks.push({keys: names, directives});
	}

	return blocks;
}

function readDirective(file: string, tokens: readonly Token[], start: number, lastLine: number): [Directive, number] {
	const {text: name, line} = tokens[start]!;
	let i = start + 1;
	const args: string[] = [];
	while (i < tokens.length && tokens[i]!.line === line && !['{', '}'].includes(tokens[i]!.text)) args.push(tokens[i++]!.text);
	if (tokens[i]?.text !== '{' || tokens[i]!.line !== line) return [{name, line, args}, i];
	const block: BlockLine[] = [];
	let depth = 1;
	for (i++; depth > 0; i++) {
		const token = tokens[i];
		if (!token) throw errorAt(file, lastLine, 'Unexpected EOF');
		if (token.text === '{') depth++;
		if (token.text === '}' && --depth === 0) break;
		const last = block.at(-1);
		if (last?.line === token.line) (last.words as string[]).push(token.text);
		else block.push({words: [token.text], line: token.line});
	}

	return [{name, line, args, block}, i + 1];
}

function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	text.split('\n').forEach((line, index) => {
		for (const [word] of line.matchAll(/"(?:[^"\\]|\\.)*"|#.*|\S+/g)) {
			if (word.startsWith('#')) break;
			tokens.push({text: word.startsWith('"') && word.length > 1 ? word.slice(1, -1).replaceAll('\\"', '"') : word, line: index + 1});
		}
	});
	return tokens;
}

/** What plugin/reload logs: SHA-512 of the parsed file as Go's JSON encoder writes it. */
export function corefileHash(text: string): string {
	const tokens = tokenize(text);
	const blocks: Array<{Keys: string[]; Tokens: Map<string, object[]>}> = [];
	let block: (typeof blocks)[number] | undefined;
	let current = '';
	let depth = 0;
	tokens.forEach(({text: word, line}, i) => {
		if (depth === 0) {
			if (!block) blocks.push((block = {Keys: [], Tokens: new Map()}));
			if (word === '{') depth = 1;
			else block.Keys.push(word.replace(/,$/, ''));
			return;
		}

		if (depth === 1 && word === '}') {
			depth = 0;
			block = undefined;
			return;
		}

		if (depth === 1 && tokens[i - 1]?.line !== line) current = word;
		const list = block!.Tokens.get(current) ?? [];
		block!.Tokens.set(current, [...list, {File: '', Line: line, Text: word}]);
		if (word === '{') depth++;
		if (word === '}') depth--;
	});
	const sorted = blocks.map(({Keys, Tokens}) => ({
		Keys,
		Tokens: Object.fromEntries([...Tokens].sort(([a], [b]) => (a < b ? -1 : 1))),
	}));
	return createHash('sha512').update(JSON.stringify(sorted)).digest('hex');
}
