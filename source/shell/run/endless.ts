import type {Random} from '../../sim/random.js';
import {fromBytes, type Stream} from './stream.js';

/** Whoever wants all of a file without an end gets so much: enough for whatever takes the beginning of it. */
const allBytes = 65_536;
/** Nothing is cheaper to make. */
const zerosMax = 2 ** 22;
const someBytes = 4096;

export const isEndless = (path: string): boolean => /^\/dev\/(?:zero|u?random)$/.test(path);

/** So many bytes of /dev/zero, /dev/urandom, /dev/random. */
export function endlessBytes(path: string, random: Random, count = path === '/dev/zero' ? zerosMax : allBytes): Uint8Array {
	const bytes = new Uint8Array(count);
	if (path === '/dev/zero') return bytes;
	const words = new Uint32Array(4);
	for (let at = 0; at < count; at += 16) {
		words.set(random.words());
		bytes.set(new Uint8Array(words.buffer).subarray(0, Math.min(16, count - at)), at);
	}

	return bytes;
}

/** The same, opened: each reading gives other bytes. */
export function endlessSource(path: string, random: Random): Stream {
	const take = (count?: number) => fromBytes(endlessBytes(path, random, count));
	return {
		async readLine() {
			const text = take(someBytes);
			return text.slice(0, text.indexOf('\n') + 1) || text;
		},
		readSome: async () => take(someBytes),
		readAll: async () => take(),
		takeNow: () => take(),
	};
}
