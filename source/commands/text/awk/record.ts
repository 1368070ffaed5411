import {fromOutside, type Value} from './values.js';

/** How a record is cut: white space, one character, or a regular expression. */
export type Separator = ' ' | RegExp | {readonly character: string} | {readonly widths: readonly number[]} | {readonly pattern: RegExp};

export function splitText(text: string, separator: Separator): string[] {
	if (text === '') return [];
	if (separator === ' ')
		return text
			.replace(/^[ \t\n]+/, '')
			.replace(/[ \t\n]+$/, '')
			.split(/[ \t\n]+/)
			.filter(part => part !== '');
	if ('character' in separator) return separator.character === '' ? [...text] : text.split(separator.character);
	if ('widths' in separator) return cutWidths(text, separator.widths);
	if ('pattern' in separator) return text.match(separator.pattern) ?? [];
	return splitRegex(text, separator).parts;
}

/** Matches of nothing do not separate. */
export function splitRegex(text: string, regex: RegExp): {readonly parts: string[]; readonly separators: string[]} {
	const parts: string[] = [];
	const separators: string[] = [];
	let from = 0;
	regex.lastIndex = 0;
	for (let match = regex.exec(text); match; match = regex.exec(text)) {
		if (match[0] === '') {
			if (++regex.lastIndex > text.length) break;
			continue;
		}

		parts.push(text.slice(from, match.index));
		separators.push(match[0]);
		from = match.index + match[0].length;
	}

	return {parts: [...parts, text.slice(from)], separators};
}

function cutWidths(text: string, widths: readonly number[]): string[] {
	const parts: string[] = [];
	let at = 0;
	for (const width of widths) {
		if (at >= text.length) break;
		parts.push(text.slice(at, at + width));
		at += width;
	}

	return parts;
}

/** `$0` and its fields; either is made from the other when it is asked for. */
export class Record {
	#text: string | undefined = '';
	#fields: Value[] | undefined = [];
	#separator: Separator = ' ';
	readonly #join: (fields: readonly Value[]) => string;

	/** `join` puts fields together with OFS. */
	constructor(join: (fields: readonly Value[]) => string) {
		this.#join = join;
	}

	set(text: string, separator: Separator): void {
		this.#text = text;
		this.#fields = undefined;
		this.#separator = separator;
	}

	get text(): string {
		this.#text ??= this.#join(this.#fields!);
		return this.#text;
	}

	get count(): number {
		return this.#split().length;
	}

	set count(count: number) {
		const fields = this.#split();
		while (fields.length < count) fields.push('');
		fields.length = count;
		this.#text = undefined;
	}

	field(index: number): Value {
		return index === 0 ? fromOutside(this.text) : this.#split()[index - 1];
	}

	setField(index: number, value: Value): void {
		const fields = this.#split();
		while (fields.length < index) fields.push('');
		fields[index - 1] = value;
		this.#text = undefined;
	}

	#split(): Value[] {
		this.#fields ??= splitText(this.text, this.#separator).map(fromOutside);
		return this.#fields;
	}
}
