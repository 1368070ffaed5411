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

export interface YamlText {
	readonly value: unknown;
	readonly problems: readonly Problem[];
	/** Turns a mistake in the value into a place in the text. */
	locate(mistake: Mistake): Problem;
}

/** With `documents: 'many'` only problems are told: the file holds several documents, and its value is that of the first. */
export function parseYamlText(file: string, source: string, {documents = 'one'}: {readonly documents?: 'one' | 'many'} = {}): YamlText {
	const lines = new LineCounter();
	const at = (offset: number, message: string): Problem => {
		const {line, col} = lines.linePos(offset);
		return {file, line: Math.max(1, line), column: Math.max(1, col), message};
	};
	if (source.length > bytesMax)
		return failed({file, line: 1, column: 1, message: `this file has ${source.length} characters; at most ${bytesMax} are read`});
	const form = {lineCounter: lines, prettyErrors: false, uniqueKeys: true};
	const all: Document[] = documents === 'one' ? [parseDocument(source, form)] : [...parseAllDocuments(source, form)];
	const document = all[0] ?? parseDocument('');
	const problems = all.flatMap(each => each.errors).map(error => at(error.pos[0], error.message.replace(/\s+/g, ' ')));
	const locate = (mistake: Mistake) =>
		at(offsetOf(document, mistake), `${mistake.path.length > 0 ? `${pathText(mistake.path)}: ` : ''}${mistake.message}`);
	if (problems.length > 0) return {value: undefined, problems, locate};
	try {
		const values = all.map(each => each.toJS({maxAliasCount: aliasesMax}));
		return {value: values[0], problems, locate};
	} catch {
		return failed(at(0, `aliases (*name) unfold to too much; at most ${aliasesMax} are followed`));
	}
}

const failed = (problem: Problem): YamlText => ({value: undefined, problems: [problem], locate: () => problem});

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
