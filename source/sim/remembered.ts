/**
 * What was worked out from a text, for as long as it is asked for now and then: at most so many. The half that was longest not asked for is
 * forgotten at once, so a world that runs for days holds no more than one that has just begun. Only ever a cache: nothing may depend on
 * what it still has.
 */
export class Remembered<V> {
	readonly #half: number;
	#young = new Map<string, V>();
	#old = new Map<string, V>();

	constructor(atMost: number) {
		this.#half = atMost / 2;
	}

	get(key: string): V | undefined {
		const value = this.#young.get(key);
		if (value !== undefined) return value;
		const old = this.#old.get(key);
		return old === undefined ? undefined : this.set(key, old);
	}

	/** Gives the value back. */
	set(key: string, value: V): V {
		if (this.#young.size >= this.#half) [this.#young, this.#old] = [new Map<string, V>(), this.#young];
		this.#young.set(detached(key), value);
		return value;
	}

	/** What `make` says of the key, which may be `undefined`, too; what it throws is not remembered. */
	of(key: string, make: (key: string) => V): V {
		const value = this.get(key);
		if (value !== undefined || this.#young.has(key) || this.#old.has(key)) return value as V;
		return this.set(key, make(key));
	}
}

/** A short text that was cut out of a long one keeps all of it in memory, unless it is put together anew. */
export const detached = (text: string): string => ` ${text}`.slice(1);
