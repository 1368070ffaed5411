import type {Everything} from './moment.js';
import {pack, unpack} from './pack.js';

/** Where what there was at many moments is kept: the latest as they are, older ones packed together. */
export interface Shelf {
	/** The first one is what all others are told from. */
	put(everything: Everything): Kept;
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

export function createShelf({atHand, together}: ShelfSize = {atHand: 50, together: 50}): Shelf {
	let base: Everything | undefined;
	let latest: Place | undefined;
	const loose: Place[] = [];
	/** The package that was opened last: its neighbours are likely to be asked for next. */
	let opened: {readonly packed: Uint8Array; readonly moments: readonly Everything[]} | undefined;

	const open = (packed: Uint8Array) => {
		if (opened?.packed !== packed) opened = {packed, moments: unpack(base!, packed)};
		return opened.moments;
	};
	const packOldest = () => {
		const places = loose.splice(0, together);
		const packed = pack(
			base!,
			places.map(place => place.get()),
		);
		for (const [index, place] of places.entries()) place.get = () => open(packed)[index]!;
	};
	return {
		put(everything) {
			base ??= everything;
			if (latest?.get() === everything) return latest;
			latest = {get: () => everything};
			if (everything !== base) loose.push(latest);
			if (loose.length >= atHand + together) packOldest();
			return latest;
		},
	};
}

type Place = {-readonly [Property in keyof Kept]: Kept[Property]};
