import {isMap, isPair, LineCounter, parseAllDocuments, parseDocument, type Document} from 'yaml';
import type {Mistake, Path} from '../../checks/validate.js';

/** A mistake of a lab author: where, what, and how to mend it. */
export interface Problem {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly message: string;
}

export const problemText = ({file, line, column, message}: Problem): string => `${file}:${line}:${column}: ${message}`;

/** Far more than any lab needs; a file beyond it is a mistake or an attack. */
const bytesMax = 512 * 1024;
const aliasesMax = 50;
/** Of maps and lists in each other; no Kubernetes object comes near it. */
const depthMax = 100;
const tooDeep = `maps or lists are nested too deep here; at most ${depthMax} are read`;
const outOfStack = /^Maximum call stack/;
/** Where many begin in a row. */
const nested = /(?:[-?]\s+|[[{]\s*|[\w."']{1,60}:\s+){20}/;

export interface YamlText {
	readonly value: unknown;
	readonly problems: readonly Problem[];
	/** All of the file, each with its beginning. Empty when there are problems. */
	readonly documents: ReadonlyArray<{readonly value: unknown; place(message: string): Problem}>;
	/** Turns a mistake in the value into a place in the text. */
	locate(mistake: Mistake): Problem;
}

/** With `documents: 'many'` the file may hold several, and its value is that of the first. */
export function parseYamlText(file: string, source: string, {documents = 'one'}: {readonly documents?: 'one' | 'many'} = {}): YamlText {
	const lines = new LineCounter();
	const at = (offset: number, message: string): Problem => {
		const {line, col} = lines.linePos(offset);
		return {file, line: Math.max(1, line), column: Math.max(1, col), message};
	};
	if (source.length > bytesMax)
		return failed({file, line: 1, column: 1, message: `this file has ${source.length} characters; at most ${bytesMax} are read`});
	const form = {lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: true};
	let all: Document[];
	try {
		all = documents === 'one' ? [parseDocument(source, form)] : [...parseAllDocuments(source, form)];
	} catch (error) {
		if (error instanceof RangeError) return failed(at(Math.max(0, source.search(nested)), tooDeep));
		throw error;
	}
	const document = all[0] ?? parseDocument('');
	const errors = all.flatMap(each => each.errors);
	// What follows a slip in the form is its consequence.
	const told = errors.every(error => error.code === 'DUPLICATE_KEY') ? errors : errors.slice(0, 1);
	const problems = told.map(error =>
		at(error.pos[0], slips[error.code] ?? (outOfStack.test(error.message) ? tooDeep : error.message.replace(/\s+/g, ' '))),
	);
	const locate = (mistake: Mistake) =>
		at(offsetOf(document, mistake), `${mistake.path.length > 0 ? `${pathText(mistake.path)}: ` : ''}${mistake.message}`);
	if (problems.length > 0) return {value: undefined, problems, documents: [], locate};
	try {
		const values = all.map(each => each.toJS({maxAliasCount: aliasesMax}));
		const [deep] = values.flatMap((value, index) => (isDeep(value) ? [all[index]!.contents?.range?.[0] ?? 0] : []));
		if (deep !== undefined) return failed(at(deep + Math.max(0, source.slice(deep).search(nested)), tooDeep));
		const documents = all.map((each, index) => ({
			value: values[index],
			place: (message: string) => at(each.contents?.range?.[0] ?? 0, message),
		}));
		return {value: values[0], problems, documents, locate};
	} catch (error) {
		const {message} = error as Error;
		const name = /^Unresolved alias .*: (\S+)$/.exec(message)?.[1] ?? /<<:\s*\*([^\s,\]}]+)/.exec(source)?.[1];
		const isMerge = message.startsWith('Merge sources');
		if (name !== undefined && (!isMerge || !source.includes(`&${name}`)))
			return failed(at(Math.max(0, source.indexOf(`*${name}`)), `there is no anchor &${name} for the alias *${name} before this line`));
		if (isMerge) return failed(at(Math.max(0, source.indexOf('<<')), 'what "<<" takes in must be a map'));
		return failed(at(0, `aliases (*name) unfold to too much; at most ${aliasesMax} are followed`));
	}
}

const isDeep = (value: unknown, room = depthMax): boolean =>
	typeof value === 'object' && value !== null && (room === 0 || Object.values(value).some(each => isDeep(each, room - 1)));

const failed = (problem: Problem): YamlText => ({value: undefined, problems: [problem], documents: [], locate: () => problem});

/** The library's words for these do not say what to do. */
const slips: Readonly<Record<string, string>> = {
	TAB_AS_INDENT: 'this line is indented with a tab; YAML wants spaces',
	MULTIPLE_DOCS: 'a second document begins here ("---"); this file holds one',
	DUPLICATE_KEY: 'this key stands twice in one map; keys must be unique, so keep one',
	BLOCK_IN_FLOW: 'between { } or [ ], a text that holds ": " must stand in quotes',
	BLOCK_AS_IMPLICIT_KEY: 'this line is indented too far, or it holds a second ": "; a text with ": " in it must stand in quotes',
	BAD_INDENT: 'this line begins in another column than those beside it, or a { or [ above it is not closed',
	BAD_SCALAR_START: 'a text that begins with such a sign must stand in quotes',
	MULTILINE_IMPLICIT_KEY: 'this is no key: after a key stand a colon and a blank',
	MISSING_CHAR: 'a quote or a bracket that was opened before this is never closed',
	UNEXPECTED_TOKEN: 'this does not belong to what stands before it; look at the indentation and the quotes',
};

/** Where the node stands, or the nearest one above it that exists. */
function offsetOf(document: Document, {path, atKey}: Mistake): number {
	if (atKey) {
		const parent = document.getIn(path.slice(0, -1), true);
		const pair = isMap(parent) ? parent.items.find(item => isPair(item) && String(item.key) === path.at(-1)) : undefined;
		const range = (pair?.key as {range?: [number, number, number]} | undefined)?.range;
		if (range) return range[0];
	}
	for (let length = path.length; length >= 0; length--) {
		const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
		const range = (node as {range?: [number, number, number]} | undefined)?.range;
		if (range) return range[0];
	}
	return 0;
}

const pathText = (path: Path) =>
	path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
