const degree = 63;
const separation = 1;

/** An additive feedback generator with 63 words of state. Source: gawk, support/random.c; gawk shuffles what comes out of it, so its numbers differ. */
export class Generator63 {
	#state: number[] = [];
	#front = separation;
	#rear = 0;
	previousSeed = 0;

	constructor() {
		this.seed(1);
	}

	seed(value: number): void {
		let word = value >>> 0;
		this.#state = [word];
		for (let index = 1; index < degree; index++) {
			word = parkMiller(word);
			this.#state.push(word);
		}

		this.#front = separation;
		this.#rear = 0;
		for (let index = 0; index < 10 * degree; index++) this.next();
	}

	next(): number {
		const sum = (this.#state[this.#front]! + this.#state[this.#rear]!) >>> 0;
		this.#state[this.#front] = sum;
		this.#front = (this.#front + 1) % degree;
		this.#rear = (this.#rear + 1) % degree;
		return sum >>> 1;
	}

	/** From 0 up to, but not, 1. Source: builtin.c, do_rand. */
	fraction(): number {
		for (;;) {
			const divisor = 2 ** 31;
			const value = 0.5 + (this.next() / divisor + this.next()) / divisor - 0.5;
			if (value !== 1) return value;
		}
	}
}

function parkMiller(seed: number): number {
	const start = (seed || 123_459_876) | 0;
	const high = Math.trunc(start / 127_773);
	const value = 16_807 * (start % 127_773) - 2836 * high;
	return value < 0 ? value + 0x7fffffff : value;
}
