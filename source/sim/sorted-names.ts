/** Names in order: those with a prefix stand side by side. */
export class SortedNames {
	readonly #names: string[];

	constructor(names: Iterable<string>) {
		this.#names = [...names].sort();
	}

	add(name: string): void {
		this.#names.splice(placeOf(this.#names, name), 0, name);
	}

	remove(name: string): void {
		const at = placeOf(this.#names, name);
		if (this.#names[at] === name) this.#names.splice(at, 1);
	}

	/** Takes out the names that begin with `prefix`. */
	take(prefix: string): readonly string[] {
		const from = placeOf(this.#names, prefix);
		let to = from;
		while (this.#names[to]?.startsWith(prefix)) to++;
		return to === from ? [] : this.#names.splice(from, to - from);
	}
}

/** Where `each` stands in what is in order, or would. */
export function placeOf<T extends number | string>(ordered: readonly T[], each: T): number {
	let low = 0;
	let high = ordered.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ordered[middle]! < each) low = middle + 1;
		else high = middle;
	}

	return low;
}
