export interface Entry {
	readonly at: number;
	/** False: it is not to be done any more. */
	stands: boolean;
}

interface Moment<E> {
	readonly at: number;
	readonly entries: E[];
	/** The first of the entries that may still stand. */
	first: number;
}

/**
 * What is to be done when, in the order of times and, at one time, of coming. Ten thousand objects that change at once make entries of a few
 * moments: each is a list, and only the moments are a heap.
 */
export class Agenda<E extends Entry> {
	readonly #moments = new Map<number, Moment<E>>();
	readonly #heap: Array<Moment<E>> = [];

	add(entry: E): void {
		const moment = this.#moments.get(entry.at);
		if (moment) moment.entries.push(entry);
		else this.#begin({at: entry.at, entries: [entry], first: 0});
	}

	/** The first entry that stands. */
	next(): E | undefined {
		for (let moment = this.#heap[0]; moment; moment = this.#heap[0]) {
			const {entries} = moment;
			while (moment.first < entries.length && !entries[moment.first]!.stands) moment.first++;
			if (moment.first < entries.length) return entries[moment.first];
			this.#end(moment);
		}

		return undefined;
	}

	clear(): void {
		this.#moments.clear();
		this.#heap.length = 0;
	}

	#begin(moment: Moment<E>): void {
		this.#moments.set(moment.at, moment);
		const heap = this.#heap;
		let i = heap.length;
		heap.push(moment);
		while (i > 0) {
			const parent = (i - 1) >> 1;
			if (heap[parent]!.at <= moment.at) break;
			heap[i] = heap[parent]!;
			i = parent;
		}

		heap[i] = moment;
	}

	/** Takes out the first moment. */
	#end({at}: Moment<E>): void {
		this.#moments.delete(at);
		const heap = this.#heap;
		const last = heap.pop()!;
		if (heap.length === 0) return;
		let i = 0;
		for (;;) {
			let child = 2 * i + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child++;
			if (last.at <= heap[child]!.at) break;
			heap[i] = heap[child]!;
			i = child;
		}

		heap[i] = last;
	}
}
