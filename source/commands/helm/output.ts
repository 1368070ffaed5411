import type {Flag} from '../kubectl/flags/flag.js';
import {toYaml} from '../kubectl/output/yaml-print.js';
import type {HelmCall} from './context.js';
import {helmError} from './failure.js';
import {plainOf} from './sprig/plain.js';

export const outputFlag: readonly Flag[] = [['output', 'string', 'table', 'o']];

/** Prints a value in the chosen format; `table` is written by the caller's function. */
export function printAs({io, flags}: HelmCall, value: unknown, table: () => string): void {
	const format = flags.string('output');
	if (format === 'json') io.out(`${JSON.stringify(plainOf(value) ?? null)}\n`);
	else if (format === 'yaml') io.out(toYaml(plainOf(value) ?? null));
	else if (format === 'table') io.out(table());
	else throw helmError(`invalid argument ${JSON.stringify(format)} for "-o, --output" flag: invalid format type`);
}

/** github.com/gosuri/uitable: cells padded to their column and parted by tabs. */
export function uiTable(rows: ReadonlyArray<readonly string[]>, widthMax = 0): string {
	const cut = (cell: string) => (widthMax > 0 && cell.length > widthMax ? `${cell.slice(0, widthMax - 3)}...` : cell);
	const cells = rows.map(row => row.map(cut));
	const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map(row => (row[column] ?? '').length)));
	return cells.map(row => `${row.map((cell, column) => cell.padEnd(widths[column]!)).join('\t')}\n`).join('');
}
