import {traceText} from './text.js';
import type {Compared} from '../compare.js';

/** From this width on, two ways stand side by side. */
const sideBySideFrom = 100;

/** All ways of one request: in columns where there is room, else one below the other. */
export function comparedText(compared: readonly Compared[], columns: number, verbose = false): string {
	const gap = ' | ';
	const width = Math.floor((columns - gap.length * (compared.length - 1)) / compared.length);
	const beside = columns >= sideBySideFrom && compared.length > 1;
	const blocks = compared.map(({mode, trace}) => {
		const text = traceText(trace, {columns: beside ? width : columns, verbose});
		return [`kube-proxy in ${mode} mode`, '', ...text.trimEnd().split('\n')];
	});
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
