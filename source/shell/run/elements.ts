import {bounded, textCost} from './stream.js';

/**
 * The elements of an array, walked as their indexes rise, or of a map (`declare -A`). They are put in order only when somebody walks,
 * so that an element costs the same whatever there is already.
 */
export class Elements extends Map<string, string> {
	readonly #indexed: boolean;
	#last = -1;
	#inOrder = true;
	#size = 0;

	constructor(entries: Iterable<readonly [string, string]>, indexed: boolean) {
		super();
		this.#indexed = indexed;
		for (const [key, value] of entries) this.set(key, value);
	}

	get indexed(): boolean {
		return this.#indexed;
	}

	/** In characters. */
	get room(): number {
		return this.#size;
	}

	/** The highest index, -1 when there is none. */
	get last(): number {
		if (Number.isNaN(this.#last)) this.#last = Math.max(-1, Number([...this.keys()].at(-1) ?? -1));
		return this.#last;
	}

	override set(key: string, value: string): this {
		const before = this.get(key);
		this.#size += value.length - (before?.length ?? -key.length - textCost);
		bounded(this.#size, 'a variable');
		if (this.#indexed && before === undefined) {
			if (Number(key) > this.last) this.#last = Number(key);
			else this.#inOrder = false;
		}

		return super.set(key, value);
	}

	override delete(key: string): boolean {
		this.#size -= this.has(key) ? key.length + this.get(key)!.length + textCost : 0;
		if (Number(key) === this.#last) this.#last = Number.NaN;
		return super.delete(key);
	}

	override keys() {
		this.#order();
		return super.keys();
	}

	override values() {
		this.#order();
		return super.values();
	}

	override entries() {
		this.#order();
		return super.entries();
	}

	override [Symbol.iterator]() {
		return this.entries();
	}

	override forEach(act: (value: string, key: string, map: Map<string, string>) => void): void {
		for (const [key, value] of this) act(value, key, this);
	}

	#order(): void {
		if (this.#inOrder) return;
		this.#inOrder = true;
		const sorted = [...super.entries()].sort(([a], [b]) => Number(a) - Number(b));
		super.clear();
		for (const [key, value] of sorted) super.set(key, value);
	}
}
