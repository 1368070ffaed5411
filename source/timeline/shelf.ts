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
}

export function createShelf({atHand, together}: ShelfSize = {atHand: 50, together: 25}): Shelf {
	let base: Everything | undefined;
	let latest: Place | undefined;
	const loose: Place[] = [];
	let writing: Packing | undefined;
	/** Still as they are, until the package that holds them is closed. */
	let written: Place[] = [];
	/** The package that was opened last: its neighbours are likely to be asked for next. */
	let opened: {readonly packed: Uint8Array; readonly moments: readonly Everything[]} | undefined;

	const open = (packed: Uint8Array) => {
		if (opened?.packed !== packed) opened = {packed, moments: unpack(base!, packed)};
		return opened.moments;
	};
	const write = (place: Place) => {
		writing ??= packing(base!);
		writing.add(place.get());
		written.push(place);
		if (written.length < together) return;
		const packed = writing.close();
		for (const [index, each] of written.entries()) each.get = () => open(packed)[index]!;
		written = [];
		writing = undefined;
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

type Place = {-readonly [Property in keyof Kept]: Kept[Property]};
