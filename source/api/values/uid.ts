import type {Random} from '../../sim/random.js';

/** A version 4 UUID from four draws; the API server makes one for each object. */
export function createUid(random: Random): string {
	const [a, b, c, d] = random.words().map(hex) as [string, string, string, string];
	const variant = '89ab'[Number.parseInt(c[0]!, 16) & 3];
	return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

/** Two digits a byte, looked up: V8 prints a number beyond 31 bits slowly. */
const bytes = Array.from({length: 256}, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (value: number) => bytes[value >>> 24]! + bytes[(value >>> 16) & 255]! + bytes[(value >>> 8) & 255]! + bytes[value & 255]!;
