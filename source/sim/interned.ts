import {detached} from './remembered.js';

/**
 * One object for each text that somebody still needs: forgotten when nobody else holds the object any more. Only ever a cache: when that
 * happens is up to the garbage collector.
 */
export class Interned<V extends object> {
	readonly #held = new Map<string, WeakRef<V>>();
	readonly #gone = new FinalizationRegistry<string>(key => {
		if (!this.#held.get(key)?.deref()) this.#held.delete(key);
	});

	get(key: string): V | undefined {
		return this.#held.get(key)?.deref();
	}

	/** Gives the object back. */
	set(text: string, value: V): V {
		const key = detached(text);
		this.#held.set(key, new WeakRef(value));
		this.#gone.register(value, key);
		return value;
	}

	clear(): void {
		this.#held.clear();
	}
}
