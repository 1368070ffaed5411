import {type Bench, type Figure, median, percentile, round} from './bench.js';
import {typing, typingInInk} from './typing.js';

/** From a key press in the shell pane to the bytes that show it, with tables beside it and the cluster running. */
const bench: Bench = {
	name: 'keys',
	async run() {
		const bare = median(await typingInInk());
		const figures: Figure[] = [];
		for (const size of ['120x40', '200x60'] as const) {
			const [columns, rows] = size.split('x').map(Number) as [number, number];
			for (const pods of [30, 10_000])
				figures.push(...figuresOf(`key-to-frame-${size}-${pods}-pods`, await typing({columns, rows}, pods), bare));
		}
		return figures;
	},
};
export default bench;

const figuresOf = (name: string, taken: readonly number[], bare: number): Figure[] => [
	{
		name: `${name}-median`,
		value: round(median(taken)),
		unit: 'ms',
		peer: `one line of bare Ink ${round(bare)} ms`,
		ratio: round(median(taken) / bare),
	},
	{name: `${name}-p99`, value: round(percentile(taken, 0.99)), unit: 'ms', budget: 16},
];
