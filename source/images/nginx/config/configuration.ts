import {FileError, type Files} from '../../../os/files.js';
import {normalise} from '../../../os/layer.js';
import {ConfigurationError} from './error.js';
import {checkDirective, contextWithin} from './check-directive.js';
import {simulatedDirectives} from './directives.js';
import {type Token, tokenise} from './tokens.js';

/** One directive of nginx.conf with what it holds. */
export interface Directive {
	readonly name: string;
	readonly args: readonly string[];
	readonly block?: readonly Directive[];
	readonly file: string;
	readonly line: number;
}

const includesMax = 50;

/** Where a file is included: its lines stand in the block around. */
interface Place {
	readonly context: string | undefined;
	readonly seen: Set<string>;
	readonly at: string;
}

/** A configuration, and all that was found in files while it was read. */
interface Reading {
	readonly directives: readonly Directive[];
	readonly found: ReadonlyArray<{readonly ask: (files: Files) => string; readonly answer: string}>;
}

/** The pods of a Deployment read the same: they share what came of it. Only a cache. */
const readings = new Map<string, Reading[]>();
const readingsMax = 8;

/** Reads nginx.conf with its includes. */
export function readConfiguration(files: Files, path: string): readonly Directive[] {
	const known = readings.get(path) ?? [];
	const same = known.find(({found}) => isFound(files, found));
	if (same) return same.directives;
	const reading = readAnew(files, path);
	readings.set(path, [reading, ...known].slice(0, readingsMax));
	return reading.directives;
}

function isFound(files: Files, found: Reading['found']): boolean {
	try {
		return found.every(({ask, answer}) => ask(files) === answer);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return false;
	}
}

function readAnew(files: Files, path: string): Reading {
	const found: Array<Reading['found'][number]> = [];
	const find = (ask: (files: Files) => string) => {
		const answer = ask(files);
		found.push({ask, answer});
		return answer;
	};
	let includes = 0;
	const read = (file: string, {context, seen, at}: Place): Directive[] => {
		if (++includes > includesMax) throw new ConfigurationError(`too many includes in ${file}`);
		let text: string;
		try {
			text = find(from => from.readText(file));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			throw new ConfigurationError(`open() "${file}" failed (2: ${error.message})${at}`);
		}

		return parse(
			text,
			file,
			read,
			pattern =>
				find(from => expandPattern(from, normalise(pattern, '/etc/nginx')).join('\n'))
					.split('\n')
					.filter(Boolean),
			false,
			context,
			seen,
		);
	};

	return {directives: read(path, {context: 'm', seen: new Set(), at: ''}), found};
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
export const freeBlocks: ReadonlySet<string> = new Set(['types', 'map', 'geo', 'split_clients', 'charset_map']);

function parse(
	text: string,
	file: string,
	read: (file: string, place: Place) => Directive[],
	expand: (pattern: string) => string[],
	anyName = false,
	context: string | undefined = 'm',
	seen = new Set<string>(),
): Directive[] {
	const tokens = tokenise(text, file);
	let at = 0;
	const block = (depth: number, free: boolean, context: string | undefined, seen: Set<string>): Directive[] => {
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
			const opens = token.text === '{';
			if (!free) checkDirective({name: name.text, args: args.map(arg => arg.text), file, line: token.line, opens}, context, seen);
			const directive: Directive = {name: name.text, args: args.map(arg => arg.text), file, line: name.line};
			if (opens)
				result.push({
					...directive,
					block: block(depth + 1, anyName || freeBlocks.has(name.text), contextWithin(name.text, context), new Set()),
				});
			else if (name.text === 'include')
				for (const each of expand(directive.args[0] ?? '')) result.push(...read(each, {context, seen, at: ` in ${file}:${token.line}`}));
			else result.push(directive);
		}

		if (depth > 0 || words.length > 0)
			throw new ConfigurationError(
				`unexpected end of file, expecting ${words.length > 0 ? '";" or "}"' : '"}"'} in ${file}:${tokens.at(-1)?.line ?? 1}`,
			);
		return result;
	};

	return block(0, anyName, context, seen);
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
