import {alignTabs} from './tabwriter.js';

/** Collects a description: each level is two blanks deep, tabs become columns at the end (describe.PrefixWriter). */
export class Lines {
	#text = '';
	#base = 0;

	/** One or more whole lines, or a part of one: nothing is added but the indent. */
	put(level: number, text: string): this {
		this.#text += '  '.repeat(this.#base + level) + text;
		return this;
	}

	/** `Key:<tab>value`, with a line break. */
	row(level: number, key: string, value: unknown): this {
		return this.put(level, `${key}:\t${value}\n`);
	}

	/** The same when there is a value. */
	rowIf(level: number, key: string, value: unknown): this {
		return value === undefined || value === null || value === '' ? this : this.row(level, key, value);
	}

	/** All that `write` puts stands `level` deeper, each piece of a line too (describe.NewNestedPrefixWriter). */
	nested(level: number, write: () => void): this {
		this.#base += level;
		write();
		this.#base -= level;
		return this;
	}

	raw(): string {
		return this.#text;
	}

	aligned(): string {
		// A terminal must not obey what an object holds (kubectl/pkg/util/term).
		return alignTabs(this.#text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r'));
	}
}
