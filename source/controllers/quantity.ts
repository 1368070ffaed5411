import {milliValueOf, parseQuantity} from '../api/values/quantity.js';

/** Resource quantities as whole numbers: thousandths for cpu, units (bytes) for the rest, rounded up as the scheduler does. */
const known = new Map<string, number>();
const knownMax = 2000;

/** The value times 1000, exact within 2^53. What the API server let in can be read. */
export function milli(quantity: string | number | undefined): number {
	if (quantity === undefined) return 0;
	const text = String(quantity);
	let value = known.get(text);
	if (value === undefined) {
		value = Number(milliValueOf(parseQuantity(text)));
		if (known.size >= knownMax) known.clear();
		known.set(text, value);
	}

	return value;
}

export const units = (quantity: string | number | undefined): number => Math.ceil(milli(quantity) / 1000);

/** Cpu in thousandths, everything else in units. */
export const amountOf = (resource: string, quantity: string | number | undefined): number =>
	resource === 'cpu' ? milli(quantity) : units(quantity);
