import {AwkArray} from './array.js';
import {AwkFatal} from './errors.js';
import type {Memory} from './memory.js';
import type {RecordSeparator} from './reader.js';
import type {Record, Separator} from './record.js';
import {numberOf, textOf, type Value} from './values.js';

const initial: Readonly<{[name: string]: Value}> = {
	FS: ' ',
	OFS: ' ',
	ORS: '\n',
	RS: '\n',
	SUBSEP: '\x1c',
	CONVFMT: '%.6g',
	OFMT: '%.6g',
	NR: 0,
	FNR: 0,
	FILENAME: '',
	RSTART: 0,
	RLENGTH: -1,
	RT: '',
};

/** Variables with a meaning of their own; the others are only remembered. */
export class Globals {
	readonly #memory: Memory;
	readonly #record: Record;
	readonly #regex: (source: string) => RegExp;
	/** Which of FS, FIELDWIDTHS and FPAT was set last. */
	#cutting: 'FS' | 'FIELDWIDTHS' | 'FPAT' = 'FS';

	constructor(memory: Memory, record: Record, regex: (source: string) => RegExp) {
		this.#memory = memory;
		this.#record = record;
		this.#regex = regex;
		for (const [name, value] of Object.entries(initial)) memory.cell({name}).value = value;
	}

	isSpecial(name: string): boolean {
		return name === 'NF';
	}

	raw(name: string): Value {
		const {value} = this.#memory.cell({name});
		if (value instanceof AwkArray) throw new AwkFatal(`attempt to use array \`${name}' in a scalar context`);
		return value;
	}

	get(name: string): Value {
		return name === 'NF' ? this.#record.count : this.raw(name);
	}

	set(name: string, value: Value): void {
		if (name === 'NF') {
			const count = Math.trunc(numberOf(value));
			if (count < 0) throw new AwkFatal('NF set to negative value');
			this.#record.count = count;
			return;
		}

		if (name === 'FS' || name === 'FIELDWIDTHS' || name === 'FPAT') this.#cutting = name;
		const cell = this.#memory.cell({name});
		if (cell.value instanceof AwkArray) throw new AwkFatal(`attempt to use array \`${name}' in a scalar context`);
		cell.value = value;
	}

	text(name: string): string {
		return textOf(this.get(name), String);
	}

	count(name: 'NR' | 'FNR'): void {
		this.set(name, numberOf(this.raw(name)) + 1);
	}

	/** How records are cut that are read from now on. */
	fieldSeparator(): Separator {
		if (this.#cutting === 'FIELDWIDTHS') return {widths: this.text('FIELDWIDTHS').trim().split(/\s+/).map(Number)};
		if (this.#cutting === 'FPAT') return {pattern: this.#regex(this.text('FPAT'))};
		const source = this.text('FS');
		const separator = this.separatorOf(source);
		if (this.text('RS') !== '' || separator === ' ') return separator;
		// In paragraphs a line end separates fields, too.
		if (separator instanceof RegExp) return this.#regex(`(${source})|\n`);
		return this.#regex(/[\\^$.*+?()[\]{}|]/.test(source) ? `[${source}]|\n` : `${source}|\n`);
	}

	separatorOf(source: string): Separator {
		if (source === ' ') return ' ';
		return source.length < 2 && source !== '\\' ? {character: source} : this.#regex(source === '\\' ? '\\\\' : source);
	}

	recordSeparator(): RecordSeparator {
		const source = this.text('RS');
		if (source === '') return 'paragraph';
		return source.length === 1 ? source : this.#regex(source);
	}
}
