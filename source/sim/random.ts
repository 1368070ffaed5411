import type {State, Table} from './state.js';

/** Seeded randomness in named streams, so that one more draw in one place does not move every other draw. Only integers leave it. */
export interface Random {
	fork(name: string): Random;
	/** A whole number from 0 to `below - 1`. */
	int(below: number): number;
	/** True `numerator` times out of `denominator` on average. */
	chance(numerator: number, denominator: number): boolean;
	pick<T>(list: readonly T[]): T;
	/** `length` characters of the alphabet Kubernetes uses for generated names (k8s.io/apimachinery/pkg/util/rand). */
	suffix(length: number): string;
	hex(length: number): string;
	/** A version 4 UUID. */
	uuid(): string;
	/** Four draws of 32 bits in one go, the words of a uid. */
	words(): readonly [number, number, number, number];
}

const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';
type Words = readonly [number, number, number, number];

export interface RandomRoot extends Random {
	/** All streams begin anew from another seed: one booted world serves every seed. */
	reseed(seed: string): void;
}

export function createRandom(state: State, seed: string): RandomRoot {
	// The seed is part of the world: streams that are first drawn from after a load must be those of the world that was saved.
	const kept = state.cell('sim/seed', seed);
	kept.set(seed);
	const table = state.table<Words>('sim/random');
	return {
		...stream(table, () => kept.get(), ''),
		reseed(next) {
			table.clear();
			kept.set(next);
		},
	};
}

function stream(table: Table<Words>, seed: () => string, name: string): Random {
	const int = (below: number) => {
		if (!(below > 1)) return 0;
		if (below > 2 ** 32) return wide(Math.min(below, Number.MAX_SAFE_INTEGER));
		// Rejection keeps every result equally likely.
		const limit = 2 ** 32 - (2 ** 32 % below);
		for (;;) {
			const [value, next] = sfc32(table.get(name) ?? seedWords(`${seed()}/${name}`));
			table.set(name, next);
			if (value < limit) return value % below;
		}
	};

	/** Of more than 32 bits: by a high and a low half. */
	const wide = (below: number): number => {
		const value = int(Math.ceil(below / 2 ** 32)) * 2 ** 32 + int(2 ** 32);
		return value < below ? value : wide(below);
	};

	const text = (alphabet: string, length: number) => {
		let drawn = '';
		for (let at = 0; at < length; at++) drawn += alphabet[int(alphabet.length)]!;
		return drawn;
	};
	const hex = (length: number) => text('0123456789abcdef', length);
	return {
		fork: child => stream(table, seed, name ? `${name}/${child}` : child),
		int,
		chance: (numerator, denominator) => int(denominator) < numerator,
		pick: list => list[int(list.length)] as (typeof list)[number],
		suffix: length => text(nameAlphabet, length),
		hex,
		words() {
			let state = table.get(name) ?? seedWords(`${seed()}/${name}`);
			const drawn: [number, number, number, number] = [0, 0, 0, 0];
			for (let at = 0; at < 4; at++) [drawn[at], state] = sfc32(state) as [number, Words];
			table.set(name, state);
			return drawn;
		},
		uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[int(4)]}${hex(3)}-${hex(12)}`,
	};
}

/** Small Fast Counter, 32 bits (Chris Doty-Humphrey, PractRand): 128 bits of plain state, passes PractRand. */
function sfc32([a, b, c, counter]: Words): [number, Words] {
	const sum = (((a + b) | 0) + counter) | 0;
	const nextC = ((c << 21) | (c >>> 11)) + sum;
	return [sum >>> 0, [b ^ (b >>> 9), (c + (c << 3)) | 0, nextC | 0, (counter + 1) | 0]];
}

/** Spreads a text over 128 bits (FNV-1a with four offsets), then runs the generator warm. */
function seedWords(text: string): Words {
	const words = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map(offset => {
		let hash = offset;
		for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
		return hash | 0;
	}) as unknown as Words;
	let warm = words;
	for (let i = 0; i < 12; i++) warm = sfc32(warm)[1];
	return warm;
}
