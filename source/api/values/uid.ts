import type {Random} from '../../sim/random.js';

/** A version 4 UUID from four draws; the API server makes one for each object. */
export function createUid(random: Random): string {
	const [a, b, c, d] = random.words().map(hex) as [string, string, string, string];
	const variant = '89ab'[Number.parseInt(c[0]!, 16) & 3];
	return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

const hex = (value: number) => value.toString(16).padStart(8, '0');
