/** Keys in byte order, as etcd lists them; kept sorted by each write so that no list ever sorts. */
export class SortedKeys {
	readonly #keys: string[];

	constructor(keys: Iterable<string> = []) {
		this.#keys = [...keys].sort(byCodeUnit);
	}

	get size(): number {
		return this.#keys.length;
	}

	get all(): readonly string[] {
		return this.#keys;
	}

	add(key: string): void {
		const last = this.#keys.at(-1);
		if (last === undefined || last < key) {
			this.#keys.push(key);
			return;
		}

		const at = this.#position(key);
		if (this.#keys[at] !== key) this.#keys.splice(at, 0, key);
	}

	delete(key: string): void {
		const at = this.#position(key);
		if (this.#keys[at] === key) this.#keys.splice(at, 1);
	}

	/** The keys that begin with `prefix`. */
	withPrefix(prefix: string): readonly string[] {
		const from = this.#position(prefix);
		const to = this.#position(prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1));
		return this.#keys.slice(from, to);
	}

	#position(key: string): number {
		let low = 0;
		let high = this.#keys.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.#keys[middle]! < key) low = middle + 1;
			else high = middle;
		}

		return low;
	}
}

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
