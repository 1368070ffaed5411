import {traceText} from './text.js';
import type {Compared} from '../compare.js';

/** From this width on, two ways stand side by side. */
const sideBySideFrom = 100;

export const gap = ' | ';

export interface ComparedBlocks {
	/** There is room for one beside the other. */
	readonly beside: boolean;
	/** Of each block. */
	readonly width: number;
	readonly blocks: ReadonlyArray<readonly string[]>;
}

/** All ways of one request, each as lines of its own. */
export function comparedBlocks(compared: readonly Compared[], columns: number, verbose = false): ComparedBlocks {
	const beside = columns >= sideBySideFrom && compared.length > 1;
	const width = beside ? Math.floor((columns - gap.length * (compared.length - 1)) / compared.length) : columns;
	const blocks = compared.map(({mode, trace}) => [
		`kube-proxy in ${mode} mode`,
		'',
		...traceText(trace, {columns: width, verbose}).trimEnd().split('\n'),
	]);
	return {beside, width, blocks};
}

/** In columns where there is room, else one below the other. */
export function comparedText(compared: readonly Compared[], columns: number, verbose = false): string {
	const {beside, width, blocks} = comparedBlocks(compared, columns, verbose);
	if (!beside) return blocks.map(lines => `${lines.join('\n')}\n`).join('\n');
	const height = Math.max(...blocks.map(lines => lines.length));
	const rows = Array.from({length: height}, (_, row) =>
		blocks
			.map(lines => (lines[row] ?? '').slice(0, width).padEnd(width))
			.join(gap)
			.trimEnd(),
	);
	return `${rows.join('\n')}\n`;
}
