import type {Arguments} from '../arguments.js';

export type Row = Readonly<Record<string, string>>;

/** Rows as nmcli lists them: padded columns, `-t` with colons, `-f` and `-g` by name. */
export function rowsText(rows: readonly Row[], usual: readonly string[], args: Arguments): string | {readonly unknown: string} {
	const asked = args.value('g') ?? args.value('f');
	const all = Object.keys(rows[0] ?? Object.fromEntries(usual.map(name => [name, ''])));
	const fields = asked === undefined ? usual : asked.toLowerCase() === 'all' ? all : asked.toUpperCase().split(',');
	const unknown = fields.find(field => !all.includes(field));
	if (unknown !== undefined) return {unknown};
	const terse = args.has('t') || args.has('g');
	const cells = rows.map(row => fields.map(field => row[field] || (terse ? '' : '--')));
	if (terse) return cells.map(row => `${row.map(cell => cell.replace(/[\\:]/g, '\\$&')).join(':')}\n`).join('');
	const table = [fields, ...cells];
	const widths = fields.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
	return table.map(row => `${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')} \n`).join('');
}

/** `NAME:   value`, the value in the forty-first column. */
export const fieldLines = (fields: ReadonlyArray<readonly [name: string, value: string]>): string =>
	fields.map(([name, value]) => `${`${name}:`.padEnd(40)}${value || '--'}\n`).join('');
