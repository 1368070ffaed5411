import {placeOf} from '../../sim/sorted-names.js';

/** So many keys are moved up by one for less than it costs to remember that they must be. */
const shortMax = 64;

/**
 * Keys in byte order, as etcd lists them. A short list is kept in order by each write; a long one takes in what was written when somebody
 * looks, so that ten thousand writes in a row do not each move ten thousand keys.
 */
export class SortedKeys {
	#keys: string[];
	/** Written since somebody looked: to be put in, and to be taken out. */
	#added: Set<string> | undefined;
	#gone: Set<string> | undefined;

	constructor(keys: Iterable<string> = []) {
		this.#keys = [...keys].sort(byCodeUnit);
	}

	get size(): number {
		return this.#keys.length + (this.#added?.size ?? 0) - (this.#gone?.size ?? 0);
	}

	get all(): readonly string[] {
		return this.#settled();
	}

	add(key: string): void {
		if (this.#gone?.delete(key) || this.#added?.has(key)) return;
		const last = this.#keys.at(-1);
		if (last === undefined || last < key) {
			if (this.#added?.size) this.#added.add(key);
			else this.#keys.push(key);
			return;
		}

		const at = placeOf(this.#keys, key);
		if (this.#keys[at] === key) return;
		if (this.#keys.length <= shortMax) this.#keys.splice(at, 0, key);
		else (this.#added ??= new Set()).add(key);
	}

	delete(key: string): void {
		if (this.#added?.delete(key)) return;
		const at = placeOf(this.#keys, key);
		if (this.#keys[at] !== key) return;
		if (this.#keys.length <= shortMax) this.#keys.splice(at, 1);
		else (this.#gone ??= new Set()).add(key);
	}

	/** The keys that begin with `prefix`. */
	withPrefix(prefix: string): readonly string[] {
		this.#settled();
		const from = placeOf(this.#keys, prefix);
		const to = placeOf(this.#keys, prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1));
		return this.#keys.slice(from, to);
	}

	#settled(): readonly string[] {
		const [added, gone] = [this.#added, this.#gone];
		if (!added?.size && !gone?.size) return this.#keys;
		const fresh = added ? [...added].sort(byCodeUnit) : [];
		const merged: string[] = [];
		let next = 0;
		for (const key of this.#keys) {
			while (next < fresh.length && fresh[next]! < key) merged.push(fresh[next++]!);
			if (!gone?.has(key)) merged.push(key);
		}

		while (next < fresh.length) merged.push(fresh[next++]!);
		this.#added = undefined;
		this.#gone = undefined;
		this.#keys = merged;
		return merged;
	}
}

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
