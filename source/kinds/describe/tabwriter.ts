/**
 * Elastic tab stops: a column is as wide as the widest cell of the consecutive lines that have it. Models Go's text/tabwriter with
 * blanks as padding, which kubectl uses for everything that it aligns.
 */
export interface TabOptions {
	readonly minWidth: number;
	readonly padding: number;
	/** Widths that earlier output of the same writer had (tabwriter.RememberWidths): columns only grow. */
	readonly remembered?: number[];
}

/** What `kubectl describe` and most of its tables use. */
export const describeTabs: TabOptions = {minWidth: 0, padding: 2};
/** What `kubectl get` uses. */
export const tableTabs: TabOptions = {minWidth: 6, padding: 3};

/** Aligns `text`, whose cells end in a tab; the last cell of a line is not part of a column. */
export function alignTabs(text: string, options: TabOptions = describeTabs): string {
	if (text === '') return '';
	const endsWithBreak = text.endsWith('\n');
	const lines = (endsWithBreak ? text.slice(0, -1) : text).split('\n').map(line => line.split('\t'));
	const out: string[] = [];
	format(lines, 0, lines.length, [], options, out);
	return out.join('\n') + (endsWithBreak ? '\n' : '');
}

function format(lines: string[][], from: number, to: number, widths: number[], options: TabOptions, out: string[]): void {
	const column = widths.length;
	let start = from;
	for (let at = from; at < to; at++) {
		if (column >= lines[at]!.length - 1) continue;
		write(lines, start, at, widths, out);
		start = at;
		let width = Math.max(options.minWidth, options.remembered?.[column] ?? 0);
		for (; at < to && column < lines[at]!.length - 1; at++) width = Math.max(width, textWidth(lines[at]![column]!) + options.padding);
		if (options.remembered) options.remembered[column] = width;
		format(lines, start, at, [...widths, width], options, out);
		start = at;
		at--;
	}

	write(lines, start, to, widths, out);
}

function write(lines: string[][], from: number, to: number, widths: number[], out: string[]): void {
	for (let at = from; at < to; at++) {
		const cells = lines[at]!;
		let line = '';
		for (let j = 0; j < cells.length; j++) {
			const cell = cells[j]!;
			line += cell;
			if (j < widths.length) line += ' '.repeat(Math.max(0, widths[j]! - textWidth(cell)));
		}

		out.push(line);
	}
}

/** tabwriter counts code points, not UTF-16 units. */
function textWidth(text: string): number {
	let width = text.length;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code >= 0xd800 && code <= 0xdbff) width--;
	}

	return width;
}
