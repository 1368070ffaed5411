import type {Everything} from './moment.js';
import {type Packing, packing, unpack} from './pack.js';

/** Where what there was at many moments is kept: the latest as they are, older ones packed together. */
export interface Shelf {
	/** The first one is what all others are told from. */
	put(everything: Everything): Kept;
	/** Packs what is old enough: nobody who types should wait for it. */
	tidy(): void;
}

export interface Kept {
	get(): Everything;
}

export interface ShelfSize {
	/** So many stay as they are: who takes back the last lines waits for nothing. */
	readonly atHand: number;
	/** So many are packed in one. */
	readonly together: number;
	/** So many packages make a chapter: its first tells all since the start, each other one what came after the one before it. */
	readonly chapter: number;
}

export function createShelf({atHand, together, chapter}: ShelfSize = {atHand: 50, together: 25, chapter: 8}): Shelf {
	let base: Everything | undefined;
	let latest: Place | undefined;
	const loose: Place[] = [];
	let writing: Packing | undefined;
	/** Still as they are, until the package that holds them is closed. */
	let written: Place[] = [];
	let packages = 0;
	const start: Kept = {get: () => base!};
	/** What the package that is being written is told from; until it is begun, as it is. */
	let from = start;
	let near: Everything | undefined;
	/** What was opened last, with the package that it is told from: the neighbours are likely to be asked for next. */
	let opened: Opened[] = [];

	const open = (packed: Uint8Array, from: Kept): readonly Everything[] => {
		const latest = opened.find(each => each.packed === packed) ?? {packed, moments: unpack(from.get(), packed)};
		opened = [latest, ...opened.filter(each => each !== latest).slice(0, 1)];
		return latest.moments;
	};
	const close = (packed: Uint8Array) => {
		const told = from;
		packages++;
		[from, near] = packages % chapter === 0 ? [start, base] : [written[0]!, written[0]!.get()];
		for (const [index, each] of written.entries()) each.get = () => open(packed, told)[index]!;
		[written, writing, opened] = [[], undefined, []];
	};
	const write = (place: Place) => {
		writing ??= packing(near ?? base!);
		near = undefined;
		writing.add(place.get());
		written.push(place);
		if (written.length === together) close(writing.close());
	};
	return {
		put(everything) {
			base ??= everything;
			if (latest?.get() === everything) return latest;
			latest = {get: () => everything};
			if (everything !== base) loose.push(latest);
			// Whoever never tidies must not fill the memory.
			if (loose.length > atHand + together) write(loose.shift()!);
			return latest;
		},
		tidy() {
			while (loose.length > atHand) write(loose.shift()!);
		},
	};
}

interface Opened {
	readonly packed: Uint8Array;
	readonly moments: readonly Everything[];
}

type Place = {-readonly [Property in keyof Kept]: Kept[Property]};
