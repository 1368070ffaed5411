/** One column: its title, the side its content leans to, and what parts it from the one before. */
export interface Column {
	readonly title: string;
	readonly align: 'left' | 'right';
	readonly delimiter: string;
}

/** Lays rows out as ss does: as narrow as the content allows, or spread over a terminal's width (iproute2 misc/ss.c, render_calc_width). */
export function layOut(
	columns: readonly Column[],
	rows: ReadonlyArray<readonly string[]>,
	header: boolean,
	terminalWidth: number | undefined,
): string {
	const lines = header ? [columns.map(column => column.title), ...rows] : rows;
	const widths = columns.map((column, i) => {
		const longest = Math.max(0, ...lines.map(line => line[i]!.length));
		return longest === 0 ? 0 : longest + (i > 0 ? column.delimiter.length : 0);
	});
	if (terminalWidth !== undefined) spread(widths, terminalWidth);
	return lines.map(line => `${renderLine(columns, widths, line)}\n`).join('');
}

function spread(widths: number[], screen: number): void {
	const used = widths.filter(width => width > 0).length;
	const pad = screen - widths.reduce((sum, width) => sum + width, 0);
	if (pad <= 0 || used === 0) return;
	const spacing = Math.floor(pad / used);
	let rest = pad % used;
	for (let i = widths.length - 1; i >= 0; i--) {
		if (widths[i] === 0) continue;
		widths[i]! += spacing + (rest > 0 ? 1 : 0);
		rest--;
	}
}

function renderLine(columns: readonly Column[], widths: readonly number[], line: readonly string[]): string {
	return columns
		.map(({align, delimiter}, i) => {
			const width = widths[i]!;
			if (width === 0) return '';
			const start = i > 0 ? delimiter : '';
			const content = line[i]!;
			return align === 'right' ? start + content.padStart(width - start.length) : (start + content).padEnd(width);
		})
		.join('');
}
