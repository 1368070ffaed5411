import {milliValueOf, parseQuantity} from '../api/values/quantity.js';
import {Remembered} from '../sim/remembered.js';

/** Resource quantities as whole numbers: thousandths for cpu, units (bytes) for the rest, rounded up as the scheduler does. */
const known = new Remembered<number>(2000);

/** The value times 1000, exact within 2^53. What the API server let in can be read. */
export function milli(quantity: string | number | undefined): number {
	return quantity === undefined ? 0 : known.of(String(quantity), text => Number(milliValueOf(parseQuantity(text))));
}

export const units = (quantity: string | number | undefined): number => Math.ceil(milli(quantity) / 1000);

/** Cpu in thousandths, everything else in units. */
export const amountOf = (resource: string, quantity: string | number | undefined): number =>
	resource === 'cpu' ? milli(quantity) : units(quantity);
