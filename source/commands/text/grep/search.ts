import type {Patterns} from './pattern.js';

export interface SearchOptions {
	readonly patterns: Patterns;
	readonly invert: boolean;
	readonly onlyMatching: boolean;
	readonly before: number;
	readonly after: number;
	/** Count the bytes before each line: only -b shows them. */
	readonly offsets: boolean;
	/** No more selected lines than this. */
	readonly most: number;
	/** Between groups of lines with context; undefined: nothing. */
	readonly separator: string | undefined;
}

/** A line (or a part of one) as it is to be printed. */
export interface Found {
	readonly line: number;
	/** Bytes before it. */
	readonly offset: number;
	readonly text: string;
	/** Not selected itself. */
	readonly context: boolean;
}

interface Numbered {
	readonly line: number;
	readonly offset: number;
	readonly text: string;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

/** Looks at the lines of one file, one after the other. */
export class Search {
	count = 0;
	readonly #options: SearchOptions;
	readonly #print: (found: Found | string) => void;
	readonly #held: Numbered[] = [];
	#line = 0;
	#offset = 0;
	#lastPrinted: number;
	#afterLeft = 0;

	/** `follows`: another file has printed something before. */
	constructor(options: SearchOptions, print: (found: Found | string) => void, follows: boolean) {
		this.#lastPrinted = follows ? -1 : 0;
		this.#options = options;
		this.#print = print;
	}

	/** Enough lines were selected, and their context is complete. */
	get done(): boolean {
		return this.count >= this.#options.most && this.#afterLeft === 0;
	}

	look(text: string): void {
		const {patterns, invert, most} = this.#options;
		const here = {line: ++this.#line, offset: this.#offset, text};
		if (this.#options.offsets) this.#offset += bytesOf(text) + 1;
		const selected = this.count < most && patterns.matches(text) !== invert;
		if (selected) this.#select(here);
		else if (this.#afterLeft > 0) {
			this.#afterLeft--;
			this.#show(here, true);
		} else this.#hold(here);
	}

	#select(here: Numbered): void {
		const {onlyMatching, after, before, separator, patterns, invert, offsets} = this.#options;
		this.count++;
		const first = this.#held[0]?.line ?? here.line;
		if ((before > 0 || after > 0) && separator !== undefined && this.#lastPrinted !== 0 && first > this.#lastPrinted + 1)
			this.#print(separator);
		for (const line of this.#held.splice(0)) this.#show(line, true);
		this.#afterLeft = after;
		if (!onlyMatching) this.#show(here, false);
		else if (!invert) {
			for (const {at, text} of patterns.parts(here.text)) {
				this.#print({...here, offset: offsets ? here.offset + bytesOf(here.text.slice(0, at)) : 0, text, context: false});
			}

			this.#lastPrinted = here.line;
		}
	}

	#show(line: Numbered, context: boolean): void {
		this.#lastPrinted = line.line;
		if (!context || !this.#options.onlyMatching) this.#print({...line, context});
	}

	#hold(line: Numbered): void {
		if (this.#options.before === 0) return;
		this.#held.push(line);
		if (this.#held.length > this.#options.before) this.#held.shift();
	}
}
