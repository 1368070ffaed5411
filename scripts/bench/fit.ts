import type {Figure} from './bench.js';
import {round} from './bench.js';

export interface Point {
	readonly size: number;
	readonly ms: number;
}

/** The exponent of the power law through the points, by least squares of the logarithms: 1 is linear. */
export function exponentOf(points: readonly Point[]): number {
	const [xs, ys] = [points.map(({size}) => Math.log(size)), points.map(({ms}) => Math.log(ms))];
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(xs), mean(ys)];
	const covariance = xs.reduce((sum, each, i) => sum + (each - x) * (ys[i]! - y), 0);
	return covariance / xs.reduce((sum, each) => sum + (each - x) ** 2, 0);
}

/** A series as figures: each point, then how it grows. */
export const series = (name: string, unit: string, points: readonly Point[]): Figure[] => [
	...points.map(({size, ms}) => ({name: `${name}-${size}-${unit}`, value: round(ms), unit: 'ms'})),
	{name: `${name}-growth`, value: round(exponentOf(points)), unit: 'exponent', budget: 1.1},
];
