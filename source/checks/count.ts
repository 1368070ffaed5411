import {either, integer, object, optional, type Shape} from './shape.js';

/** So many, or a range. */
export type Count = number | {readonly min?: number; readonly max?: number};

export const countShape = (help: string): Shape =>
	either(
		help,
		integer('exactly so many', 0),
		object('limits', {min: optional(integer('at least', 0)), max: optional(integer('at most', 0))}),
	);

export const countFits = (number: number, count: Count): boolean =>
	typeof count === 'number' ? number === count : number >= (count.min ?? 1) && number <= (count.max ?? Number.POSITIVE_INFINITY);

export function countText(count: Count): string {
	if (typeof count === 'number') return String(count);
	const {min, max} = count;
	return max === undefined ? `at least ${min ?? 1}` : min === undefined ? `1 to ${max}` : `${min} to ${max}`;
}
