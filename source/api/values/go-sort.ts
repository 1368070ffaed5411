/**
 * Sorts as Go's sort.Sort does: where two are equal, what comes out first is a matter of its steps (sort/zsortinterface.go, a
 * pattern-defeating quicksort), and kubectl shows it, in events of the same second for one.
 */
export function goSorted<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
	const list = [...items];
	new Sorter(list, less).sort(0, list.length, bitLength(list.length));
	return list;
}

const insertionMax = 12;
const nintherMin = 50;
const patternMin = 8;
const swapsMax = 12;
const partialSteps = 5;

const bitLength = (n: number): number => 32 - Math.clz32(n);

class Sorter<T> {
	readonly #list: T[];
	readonly #isLess: (a: T, b: T) => boolean;
	#swaps = 0;

	constructor(list: T[], isLess: (a: T, b: T) => boolean) {
		this.#list = list;
		this.#isLess = isLess;
	}

	sort(from: number, to: number, depth: number): void {
		let [a, b, limit, balanced, partitioned] = [from, to, depth, true, true];
		for (;;) {
			const length = b - a;
			if (length <= insertionMax) {
				this.#insert(a, b);
				return;
			}

			if (limit === 0) {
				this.#heapSort(a, b);
				return;
			}

			if (!balanced) {
				this.#breakPatterns(a, b);
				limit--;
			}

			let pivot = this.#choosePivot(a, b);
			const falling = this.#swaps === swapsMax;
			if (falling) {
				for (let i = a, j = b - 1; i < j; i++, j--) this.#swap(i, j);
				pivot = b - 1 - (pivot - a);
			}

			if (balanced && partitioned && (falling || this.#swaps === 0) && this.#insertFew(a, b)) return;
			if (a > 0 && !this.#less(a - 1, pivot)) {
				a = this.#partitionEqual(a, b, pivot);
				continue;
			}

			const {middle, untouched} = this.#partition(a, b, pivot);
			partitioned = untouched;
			const [left, right] = [middle - a, b - middle];
			balanced = Math.min(left, right) >= Math.floor(length / 8);
			if (left < right) {
				this.sort(a, middle, limit);
				a = middle + 1;
			} else {
				this.sort(middle + 1, b, limit);
				b = middle;
			}
		}
	}

	#less(i: number, j: number): boolean {
		return this.#isLess(this.#list[i]!, this.#list[j]!);
	}

	#swap(i: number, j: number): void {
		const list = this.#list;
		[list[i], list[j]] = [list[j]!, list[i]!];
	}

	#insert(a: number, b: number): void {
		for (let i = a + 1; i < b; i++) this.#sink(i, a);
	}

	#sink(from: number, floor: number): void {
		for (let j = from; j > floor && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
	}

	/** True when a few steps were enough. */
	#insertFew(a: number, b: number): boolean {
		let i = a + 1;
		for (let step = 0; step < partialSteps; step++) {
			while (i < b && !this.#less(i, i - 1)) i++;
			if (i === b) return true;
			if (b - a < nintherMin) return false;
			this.#swap(i, i - 1);
			if (i - a >= 2) this.#sink(i - 1, 0);
			if (b - i >= 2) for (let j = i + 1; j < b && this.#less(j, j - 1); j++) this.#swap(j, j - 1);
		}

		return false;
	}

	#partition(a: number, b: number, pivot: number): {middle: number; untouched: boolean} {
		this.#swap(a, pivot);
		let [i, j] = [a + 1, b - 1];
		for (let untouched = true; ; untouched = false) {
			while (i <= j && this.#less(i, a)) i++;
			while (i <= j && !this.#less(j, a)) j--;
			if (i > j) {
				this.#swap(j, a);
				return {middle: j, untouched};
			}

			this.#swap(i++, j--);
		}
	}

	/** Puts what equals the pivot first; all before `a` is no less. */
	#partitionEqual(a: number, b: number, pivot: number): number {
		this.#swap(a, pivot);
		let [i, j] = [a + 1, b - 1];
		for (;;) {
			while (i <= j && !this.#less(a, i)) i++;
			while (i <= j && this.#less(a, j)) j--;
			if (i > j) return i;
			this.#swap(i++, j--);
		}
	}

	#choosePivot(a: number, b: number): number {
		this.#swaps = 0;
		const quarter = Math.floor((b - a) / 4);
		let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3];
		if (b - a >= nintherMin) [i, j, k] = [i, j, k].map(at => this.#median(at - 1, at, at + 1)) as [number, number, number];
		if (b - a >= patternMin) j = this.#median(i, j, k);
		return j;
	}

	#median(x: number, y: number, z: number): number {
		let [a, b, c] = [x, y, z];
		const ordered = (i: number, j: number): [number, number] => {
			if (!this.#less(j, i)) return [i, j];
			this.#swaps++;
			return [j, i];
		};
		[a, b] = ordered(a, b);
		[b, c] = ordered(b, c);
		[a, b] = ordered(a, b);
		return b;
	}

	/** Three swaps that look random and are always the same. */
	#breakPatterns(a: number, b: number): void {
		const length = b - a;
		if (length < patternMin) return;
		let seed = BigInt(length);
		const mask = (1n << BigInt(bitLength(length))) - 1n;
		const at = a + Math.floor(length / 4) * 2 - 1;
		for (let i = 0; i < 3; i++) {
			seed ^= BigInt.asUintN(64, seed << 13n);
			seed ^= seed >> 7n;
			seed ^= BigInt.asUintN(64, seed << 17n);
			const other = Number(seed & mask);
			this.#swap(at + i, a + (other >= length ? other - length : other));
		}
	}

	#heapSort(a: number, b: number): void {
		const length = b - a;
		for (let i = Math.floor((length - 1) / 2); i >= 0; i--) this.#siftDown(i, length, a);
		for (let i = length - 1; i >= 0; i--) {
			this.#swap(a, a + i);
			this.#siftDown(0, i, a);
		}
	}

	#siftDown(from: number, length: number, first: number): void {
		for (let root = from; ; ) {
			let child = 2 * root + 1;
			if (child >= length) return;
			if (child + 1 < length && this.#less(first + child, first + child + 1)) child++;
			if (!this.#less(first + root, first + child)) return;
			this.#swap(first + root, first + child);
			root = child;
		}
	}
}
