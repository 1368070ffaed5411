import type {PanelColumn} from '../panels/panel.js';
import {padTo, widthOf} from '../text/width.js';

/** A panel's rows as plain text with lines, for where there is no screen. */
export function tableText(columns: readonly PanelColumn[], rows: ReadonlyArray<readonly string[]>): string {
	if (rows.length === 0) return '  (empty)\n';
	const widths = columns.map((column, index) => Math.max(widthOf(column.name), ...rows.map(row => widthOf(row[index]!))));
	const line = (left: string, cross: string, right: string) => `${left}${widths.map(width => '─'.repeat(width + 2)).join(cross)}${right}\n`;
	const cells = (row: readonly string[]) =>
		`│${row.map((cell, index) => ` ${columns[index]!.right ? ' '.repeat(widths[index]! - widthOf(cell)) + cell : padTo(cell, widths[index]!)} `).join('│')}│\n`;
	return `${line('┌', '┬', '┐')}${cells(columns.map(column => column.name))}${line('├', '┼', '┤')}${rows.map(cells).join('')}${line('└', '┴', '┘')}`;
}
