import {splitRegex} from './record.js';

/** How records are separated: by a text, a regular expression, or empty lines. */
export type RecordSeparator = string | RegExp | 'paragraph';

/** Where text comes from, piece by piece. */
export interface TextSource {
	/** One more line with its end; undefined at the end of the input. */
	line(): Generator<any, string | undefined, any>;
	/** All that is left. */
	rest(): Generator<any, string, any>;
}

export interface ReadRecord {
	readonly text: string;
	/** What ended it: RT. */
	readonly end: string;
}

export const sourceOfText = (text: string): TextSource => {
	let at = 0;
	return {
		*line() {
			if (at >= text.length) return undefined;
			const end = text.indexOf('\n', at);
			const from = at;
			at = end < 0 ? text.length : end + 1;
			return text.slice(from, at);
		},
		*rest() {
			const from = at;
			at = text.length;
			return text.slice(from);
		},
	};
};

/** Cuts an input into records. Lines are read as they come; for any other separator all of the input must be there. */
export class RecordReader {
	readonly #source: TextSource;
	#rest: string | undefined;
	#queue: ReadRecord[] = [];
	#separator: RecordSeparator | undefined;

	constructor(source: TextSource) {
		this.#source = source;
	}

	*next(separator: RecordSeparator): Generator<any, ReadRecord | undefined, any> {
		if (separator === '\n' && this.#rest === undefined) {
			const line = yield* this.#source.line();
			if (line === undefined) return undefined;
			return line.endsWith('\n') ? {text: line.slice(0, -1), end: '\n'} : {text: line, end: ''};
		}

		this.#rest ??= yield* this.#source.rest();
		if (this.#separator !== separator) {
			this.#rest = this.#queue.map(({text, end}) => text + end).join('') + this.#rest;
			this.#queue = cut(this.#rest, separator);
			this.#rest = '';
			this.#separator = separator;
		}

		return this.#queue.shift();
	}
}

function cut(text: string, separator: RecordSeparator): ReadRecord[] {
	if (separator === 'paragraph') {
		const body = text.replace(/^\n+/, '');
		return joined(splitRegex(body, /\n\n+/g), /^\n*$/, '\n');
	}

	if (typeof separator !== 'string') return joined(splitRegex(text, separator));
	const parts = text.split(separator);
	return joined({parts, separators: parts.slice(1).map(() => separator)});
}

/** The text behind the last separator is a record only if there is any. */
function joined({parts, separators}: {parts: readonly string[]; separators: readonly string[]}, blank = /^$/, lineEnd = ''): ReadRecord[] {
	return parts.flatMap((text, index) => {
		const last = index === parts.length - 1;
		if (last && blank.test(text)) return [];
		const ended = last && lineEnd !== '' && text.endsWith(lineEnd);
		return [{text: ended ? text.slice(0, -1) : text, end: separators[index] ?? (ended ? lineEnd : '')}];
	});
}
