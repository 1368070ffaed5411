import {milliValueOf, parseQuantity, intValueOf} from '../../api/values/quantity.js';

/** Thousandths of a CPU. */
export const cpuMilli = (text: string | number): number => Number(milliValueOf(parseQuantity(String(text))));

/** Whole units, rounded up: bytes of memory. */
export const quantityValue = (text: string | number): number => Number(intValueOf(parseQuantity(String(text))));
