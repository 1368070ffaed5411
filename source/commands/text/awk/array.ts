import {LimitReached} from '../../../shell/run/signals.js';
import type {Value} from './values.js';

/** An element: a value, or an array within an array. */
export type Element = Value | AwkArray;

const isIndex = (key: string): boolean => /^[1-9]\d{0,14}$/.test(key);

/** The hash of sdbm, kept to 32 bits. Source: gawk, str_array.c, awk_hash. */
function hash(text: string): number {
	let value = 0;
	for (const byte of new TextEncoder().encode(text)) value = (Math.imul(value, 65_599) + ((byte << 24) >> 24)) >>> 0;
	return value;
}

const elementsMax = 1_000_000;

class Elements extends Map<string, Element> {
	override set(key: string, value: Element): this {
		super.set(key, value);
		if (this.size > elementsMax) throw new LimitReached('an array grew beyond a million elements');
		return this;
	}
}

/** An associative array; `for (key in array)` walks it in gawk's own order. */
export class AwkArray {
	readonly elements: Map<string, Element> = new Elements();

	/** Makes the element, as every mention of one does. */
	get(key: string): Element {
		const value = this.elements.get(key);
		if (value === undefined && !this.elements.has(key)) this.elements.set(key, undefined);
		return value;
	}

	/** Numbers rise; texts lie in buckets that double when they are too full. */
	keys(): string[] {
		const keys = [...this.elements.keys()];
		const byNumber = keys.length > 0 && isIndex(keys[0]!);
		const indexes = byNumber ? keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)) : [];
		return [...buckets(byNumber ? keys.filter(key => !isIndex(key)) : keys), ...indexes];
	}
}

/** How many buckets there are. Source: gawk, str_array.c. */
const sizes = [13, 127, 1021, 8191, 16_381, 32_749, 65_497];

/** With more than two texts to a bucket there are more buckets. Each new text is the first of its own. */
function buckets(keys: readonly string[]): string[] {
	let step = 0;
	const empty = (): Array<Array<{key: string; code: number}>> => Array.from({length: sizes[step]!}, () => []);
	let table = empty();
	for (const [count, key] of keys.entries()) {
		const code = hash(key);
		if (Math.floor(count / sizes[step]!) > 2 && step + 1 < sizes.length) {
			step++;
			const wider = empty();
			for (const entry of table.flat()) wider[entry.code % sizes[step]!]!.unshift(entry);
			table = wider;
		}

		table[code % sizes[step]!]!.unshift({key, code});
	}

	return table.flat().map(({key}) => key);
}
