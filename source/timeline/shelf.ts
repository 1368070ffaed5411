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
	/** How many are closed, and what later ones are told from; the one that is being written from the last. */
	let packages = 0;
	let origins: readonly Origin[] = [{number: 0, place: {get: () => base!}}];
	/** What was opened last, with the package that it is told from: the neighbours are likely to be asked for next. */
	let opened: Opened[] = [];

	const open = (packed: Uint8Array, from: Kept): readonly Everything[] => {
		const latest = opened.find(each => each.packed === packed) ?? {packed, moments: unpack(from.get(), packed)};
		opened = [latest, ...opened.filter(each => each !== latest).slice(0, 1)];
		return latest.moments;
	};
	const write = (place: Place) => {
		const from = origins.at(-1)!;
		writing ??= packing(from.moment ?? from.place.get());
		writing.add(place.get());
		written.push(place);
		if (written.length < together) return;
		const packed = writing.close();
		origins = originsAfter(origins, {number: ++packages, place: written[0]!, moment: written[0]!.get()});
		for (const [index, each] of written.entries()) each.get = () => open(packed, from.place)[index]!;
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

/** The start (number 0), or the first moment of a package (the first one is 1). */
interface Origin {
	readonly number: number;
	readonly place: Kept;
	/** As it is, as long as it is near: an old one would hold what all others have forgotten. */
	readonly moment?: Everything;
}

/** So many packages later it is opened again when it is needed. */
const near = 8;

/**
 * What the package after the latest is told from: the one whose number lacks the last binary 1 of its own. So most tell what came after a
 * near moment, and none is further than a few packages from the start.
 */
function originsAfter(origins: readonly Origin[], latest: Origin): readonly Origin[] {
	const {number} = latest;
	const told = (number + 1) & number;
	return [...origins, latest]
		.filter(origin => origin.number <= told)
		.map(origin => (number - origin.number < near ? origin : {number: origin.number, place: origin.place}));
}

interface Opened {
	readonly packed: Uint8Array;
	readonly moments: readonly Everything[];
}

type Place = {-readonly [Property in keyof Kept]: Kept[Property]};
