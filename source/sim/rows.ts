/** The rows of a table, in insertion order. A key that is set again keeps its place. */
export interface Rows<V> extends ReadonlyMap<string, V> {
	set(key: string, value: V): unknown;
	delete(key: string): boolean;
}

/** Fewer rows are copied as they are. */
const layeredMin = 32;
/** A layer that holds more than so many and this share of what lies below is not worth the second look-up any more. */
const [thinMax, shareMax] = [8, 1 / 8];

/** Rows that can be written to while `rows` stay as they are: a large table costs what is written, not what it holds. */
export function branchOf<V>(rows: Rows<V>): Rows<V> {
	if (rows instanceof Layer) return rows.branch();
	return rows.size < layeredMin ? new Map(rows) : new Layer(rows, new Map(), new Map());
}

/** The same rows, in one piece again once the layer has become thick. */
export const flattened = <V>(rows: Rows<V>): Rows<V> => (rows instanceof Layer && rows.isThick ? new Map(rows) : rows);

/** What stands where, of rows that were written over others: two that lie over the same differ only in what was written. */
export interface Written<V> {
	readonly below: ReadonlyMap<string, V>;
	readonly over: ReadonlyMap<string, V | typeof gone>;
	/** Behind those of below. */
	readonly added: ReadonlyMap<string, V>;
}

const nothing = new Map<string, never>();

export const writtenOver = <V>(rows: ReadonlyMap<string, V>): Written<V> =>
	rows instanceof Layer ? rows.written : {below: rows, over: nothing, added: nothing};

export const gone = Symbol('gone');

/** What was written over rows that a snapshot holds. */
class Layer<V> implements Rows<V> {
	readonly [Symbol.toStringTag] = 'Map';
	readonly #below: ReadonlyMap<string, V>;
	/** Rows of below that are others now, or gone. */
	readonly #over: Map<string, V | typeof gone>;
	/** Rows behind those of below. */
	readonly #added: Map<string, V>;
	#size: number;

	constructor(below: ReadonlyMap<string, V>, over: Map<string, V | typeof gone>, added: Map<string, V>, size = below.size) {
		this.#below = below;
		this.#over = over;
		this.#added = added;
		this.#size = size;
	}

	get size() {
		return this.#size;
	}

	get isThick() {
		return this.#over.size + this.#added.size > thinMax + this.#below.size * shareMax;
	}

	get written(): Written<V> {
		return {below: this.#below, over: this.#over, added: this.#added};
	}

	branch(): Layer<V> {
		return new Layer(this.#below, new Map(this.#over), new Map(this.#added), this.#size);
	}

	get(key: string): V | undefined {
		const over = this.#over.get(key);
		if (over === gone) return this.#added.get(key);
		if (over !== undefined) return over;
		const below = this.#below.get(key);
		return below === undefined ? this.#added.get(key) : below;
	}

	has(key: string): boolean {
		return this.#shows(key) || this.#added.has(key);
	}

	set(key: string, value: V): void {
		if (this.#shows(key)) this.#over.set(key, value);
		else {
			if (!this.#added.has(key)) this.#size++;
			this.#added.set(key, value);
		}
	}

	delete(key: string): boolean {
		const shown = this.#shows(key);
		if (shown) this.#over.set(key, gone);
		else if (!this.#added.delete(key)) return false;
		this.#size--;
		return true;
	}

	*entries(): MapIterator<[string, V]> {
		for (const [key, value] of this.#below) {
			const over = this.#over.get(key);
			if (over !== gone) yield [key, over === undefined ? value : over];
		}
		yield* this.#added;
	}

	*keys(): MapIterator<string> {
		for (const key of this.#below.keys()) if (this.#over.get(key) !== gone) yield key;
		yield* this.#added.keys();
	}

	*values(): MapIterator<V> {
		for (const [key, value] of this.#below) {
			const over = this.#over.get(key);
			if (over !== gone) yield over === undefined ? value : over;
		}
		yield* this.#added.values();
	}

	[Symbol.iterator](): MapIterator<[string, V]> {
		return this.entries();
	}

	forEach(act: (value: V, key: string, rows: ReadonlyMap<string, V>) => void): void {
		for (const [key, value] of this.entries()) act(value, key, this);
	}

	/** Whether `key` is a row of below that is still there. */
	#shows(key: string): boolean {
		return this.#below.has(key) && this.#over.get(key) !== gone;
	}
}
