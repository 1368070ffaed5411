import {alignTabs} from './tabwriter.js';

/** Collects a description: each level is two blanks deep, tabs become columns at the end (describe.PrefixWriter). */
export class Lines {
	#text = '';

	/** One or more whole lines, or a part of one: nothing is added but the indent. */
	put(level: number, text: string): this {
		this.#text += '  '.repeat(level) + text;
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

	raw(): string {
		return this.#text;
	}

	aligned(): string {
		// A terminal must not obey what an object holds (kubectl/pkg/util/term).
		return alignTabs(this.#text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r'));
	}
}
