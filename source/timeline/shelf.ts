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
	/** So many packages make a chapter: the first one tells all since the start, the others what came after its first moment. */
	readonly chapter: number;
}

export function createShelf({atHand, together, chapter}: ShelfSize = {atHand: 50, together: 25, chapter: 8}): Shelf {
	let base: Everything | undefined;
	let latest: Place | undefined;
	const loose: Place[] = [];
	let writing: Packing | undefined;
	/** Still as they are, until the package that holds them is closed. */
	let written: Place[] = [];
	/** Of the chapter that is being written: how many packages it has, and what they are told from. */
	let packages = 0;
	let origin: {readonly moment: Everything; readonly place: Kept} | undefined;
	/** What was opened last, with the package that it is told from: the neighbours are likely to be asked for next. */
	let opened: Opened[] = [];

	const open = (packed: Uint8Array, from: Kept): readonly Everything[] => {
		const latest = opened.find(each => each.packed === packed) ?? {packed, moments: unpack(from.get(), packed)};
		opened = [latest, ...opened.filter(each => each !== latest).slice(0, 1)];
		return latest.moments;
	};
	const write = (place: Place) => {
		origin ??= {moment: base!, place: {get: () => base!}};
		writing ??= packing(origin.moment);
		writing.add(place.get());
		written.push(place);
		if (written.length < together) return;
		const packed = writing.close();
		const from = origin.place;
		if (++packages === 1) origin = {moment: written[0]!.get(), place: written[0]!};
		for (const [index, each] of written.entries()) each.get = () => open(packed, from)[index]!;
		written = [];
		writing = undefined;
		if (packages < chapter) return;
		packages = 0;
		origin = undefined;
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
