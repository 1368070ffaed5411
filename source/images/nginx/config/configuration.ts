import {FileError, type Files} from '../../../os/files.js';
import {normalise} from '../../../os/layer.js';
import {knownDirectives, simulatedDirectives} from './directives.js';

/** One directive of nginx.conf with what it holds. */
export interface Directive {
	readonly name: string;
	readonly args: readonly string[];
	readonly block?: readonly Directive[];
	readonly file: string;
	readonly line: number;
}

/** What `nginx -t` would say after `nginx: [emerg] `. */
export class ConfigurationError extends Error {}

const includesMax = 50;

/** Reads nginx.conf with its includes. */
export function readConfiguration(files: Files, path: string): Directive[] {
	let includes = 0;
	const read = (file: string): Directive[] => {
		if (++includes > includesMax) throw new ConfigurationError(`too many includes in ${file}`);
		let text: string;
		try {
			text = files.readText(file);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			throw new ConfigurationError(`open() "${file}" failed (2: ${error.message})`);
		}

		return parse(text, file, read, pattern => expandPattern(files, normalise(pattern, '/etc/nginx')));
	};

	return read(path);
}

/** Configuration that stands for itself: nothing is included, and directives of other modules may be there. */
export const parseText = (text: string, file: string): Directive[] =>
	parse(
		text,
		file,
		() => [],
		() => [],
		true,
	);

/** Blocks whose lines begin with anything: a type, a pattern, a network. */
const freeBlocks = new Set(['types', 'map', 'geo', 'split_clients', 'charset_map']);

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};

interface Token {
	readonly text: string;
	readonly quoted: boolean;
	readonly line: number;
}

function parse(
	text: string,
	file: string,
	read: (file: string) => Directive[],
	expand: (pattern: string) => string[],
	anyName = false,
): Directive[] {
	const tokens = tokenise(text, file);
	let at = 0;
	const block = (depth: number, free = anyName): Directive[] => {
		const result: Directive[] = [];
		let words: Token[] = [];
		for (; at < tokens.length; ) {
			const token = tokens[at++]!;
			const special = !token.quoted && (token.text === ';' || token.text === '{' || token.text === '}');
			if (!special) {
				words.push(token);
				continue;
			}

			if (token.text === '}') {
				if (depth === 0 || words.length > 0) throw new ConfigurationError(`unexpected "}" in ${file}:${token.line}`);
				return result;
			}

			const [name, ...args] = words;
			if (!name) throw new ConfigurationError(`unexpected "${token.text}" in ${file}:${token.line}`);
			words = [];
			if (!free && !knownDirectives.has(name.text))
				throw new ConfigurationError(`unknown directive "${name.text}" in ${file}:${name.line}`);
			const directive: Directive = {name: name.text, args: args.map(arg => arg.text), file, line: name.line};
			if (token.text === '{') result.push({...directive, block: block(depth + 1, anyName || freeBlocks.has(name.text))});
			else if (name.text === 'include') for (const each of expand(directive.args[0] ?? '')) result.push(...read(each));
			else result.push(directive);
		}

		if (depth > 0 || words.length > 0)
			throw new ConfigurationError(
				`unexpected end of file, expecting ${words.length > 0 ? '";" or "}"' : '"}"'} in ${file}:${tokens.at(-1)?.line ?? 1}`,
			);
		return result;
	};

	return block(0);
}

const pieces =
	/#[^\n]*|\s+|[{};]|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(?:\$\{\w+\}|[^\s{};"'\\]|\\.)(?:\$\{\w+\}|[^\s{};\\]|\\.)*|["'\\]/gs;

function tokenise(text: string, file: string): Token[] {
	const tokens: Token[] = [];
	let line = 1;
	const pattern = new RegExp(pieces);
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const [whole, double, single] = match;
		if (whole === '"' || whole === "'") throw new ConfigurationError(`unexpected end of file, expecting closing quote in ${file}:${line}`);
		const quoted = double ?? single;
		if (quoted !== undefined) tokens.push({text: unescaped(quoted), quoted: true, line});
		else if (whole === '{' && tokens.at(-1)?.text.endsWith('_by_lua_block')) {
			const end = endOfLua(text, pattern.lastIndex);
			tokens.push({text: text.slice(pattern.lastIndex, end), quoted: true, line}, {text: ';', quoted: false, line});
			line += linesIn(text.slice(match.index, end));
			pattern.lastIndex = end + 1;
			continue;
		} else if (!/^[\s#]/.test(whole)) tokens.push({text: unescaped(whole), quoted: false, line});
		if (quoted !== undefined || /^\s/.test(whole)) line += linesIn(whole);
	}

	return tokens;
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

/** `conf.d/*.conf`, in byte order; a plain name must exist. */
function expandPattern(files: Files, pattern: string): string[] {
	if (!pattern.includes('*')) return [pattern];
	const slash = pattern.lastIndexOf('/');
	const folder = pattern.slice(0, slash) || '/';
	if (!files.exists(folder)) return [];
	const [before = '', after = ''] = pattern.slice(slash + 1).split('*');
	return files
		.list(folder)
		.filter(name => name.startsWith(before) && name.endsWith(after) && !name.startsWith('.'))
		.map(name => `${folder}/${name}`);
}

/** Directives that change what a client sees, and that nothing here acts on. */
export function notSimulated(directives: readonly Directive[]): string[] {
	return directives.flatMap(each => [
		...(simulatedDirectives.has(each.name) ? [] : [each.name]),
		...(freeBlocks.has(each.name) ? [] : notSimulated(each.block ?? [])),
	]);
}
