import type {PaneState} from '../state/app-state.js';
import {drawTable, standIn} from './drawn-table.js';
import {type PanelColumn, type PanelRows, sliceRows} from '../panels/panel.js';
import {type FittedTable, fitTable} from './fit.js';
import {paint, stateLook} from '../text/theme.js';
import {padTo, shorten, widthOf} from '../text/width.js';

export interface PanelTableProps {
	readonly columns: readonly PanelColumn[];
	readonly rows: PanelRows;
	/** Rows (as joined text) that are new or different since a moment ago. */
	readonly changed: ReadonlySet<string>;
	readonly width: number;
	readonly height: number;
	/** Row that is chosen; the page it stands on is shown. */
	readonly chosen: number;
	/** Columns left out at the left; the first always stays. */
	readonly pan: number;
	readonly sort: PaneState['sort'];
	readonly focused: boolean;
	/** Without lines, for a screen reader. */
	readonly plain: boolean;
	readonly empty: string;
}

/** A panel's rows through ink-table, cut to the room there is: with all its lines where they fit, else one line a row. */
export function panelTable(props: PanelTableProps): string[] {
	const {rows, width, height, chosen, focused} = props;
	if (rows.length === 0) return [paint(shorten(` ${props.empty}`, width), 'dim')];
	const roomy = !props.plain && rows.length * 2 + 3 <= height;
	const room = Math.max(1, height - (roomy ? 0 : 1));
	const foot = rows.length > room;
	const count = Math.max(1, room - (foot ? 1 : 0));
	const start = Math.floor(Math.min(chosen, rows.length - 1) / count) * count;
	const shown = sliceRows(rows, start, start + count);
	const columns = panned(props);
	const fitted = fitTable(
		columns,
		shown.map(row => pannedRow(row, props.pan)),
		width,
	);
	const place = (index: number) => (roomy ? 3 + index * 2 : 1 + index);
	const lines = props.plain ? plainLines(fitted) : withValues(tableLines(fitted, roomy, width), fitted, place);
	for (const [index, row] of shown.entries()) {
		const at = place(index);
		if (lines[at] === undefined) continue;
		if (focused && start + index === chosen) lines[at] = paint(padTo(bare(lines[at]), widthOf(bare(lines[0]!))), 'chosen');
		else if (props.changed.has(keyOf(props.columns, row))) lines[at] = paint(bare(lines[at]), 'changed');
	}
	return foot ? [...lines, paint(` ${start + 1}-${start + shown.length} / ${rows.length}`, 'dim')] : lines;
}

/** What tells one row from another, without what changes by itself. */
export const keyOf = (columns: readonly PanelColumn[], row: readonly string[]): string =>
	row.filter((_, index) => !columns[index]!.quiet).join('\u0000');

const pannedRow = (row: readonly string[], pan: number) => (pan > 0 ? [row[0]!, ...row.slice(1 + pan)] : row);

function panned({columns, pan, sort}: PanelTableProps): PanelColumn[] {
	const named = columns.map((column, index) =>
		sort?.column === index ? {...column, name: `${column.name}${sort.down ? '↓' : '↑'}`, drop: 0} : column,
	);
	return [...pannedColumns(named, pan)];
}

const pannedColumns = (columns: readonly PanelColumn[], pan: number) => (pan > 0 ? [columns[0]!, ...columns.slice(1 + pan)] : columns);

function withValues(drawn: readonly string[], {rows}: FittedTable, place: (index: number) => number): string[] {
	const lines = [...drawn];
	for (const [index, row] of rows.entries()) {
		let at = 0;
		const value = (room: string) => {
			const text = padTo(shorten(row[at++]!, room.length), room.length);
			return paint(text, stateLook(text.trim()));
		};
		lines[place(index)] = lines[place(index)]!.replaceAll(places, value);
	}
	return lines;
}

const places = new RegExp(`${standIn}+`, 'g');

/** Drawn tables by their shape. */
const kept = new Map<string, readonly string[]>();
const keptMax = 8;

function tableLines({columns, widths, rows}: FittedTable, roomy: boolean, width: number): readonly string[] {
	const shape = {columns, widths, rows: rows.length, width, roomy};
	const key = JSON.stringify([shape, header('x')]);
	const lines = kept.get(key) ?? drawTable(shape, {header, border});
	kept.delete(key);
	if (kept.size >= keptMax) kept.delete(kept.keys().next().value!);
	kept.set(key, lines);
	return lines;
}

const header = (text: string) => paint(text, 'header');
const border = (text: string) => paint(text, 'border');

/** Names above values, two blanks between them. */
function plainLines({columns, rows}: FittedTable): string[] {
	const widths = columns.map((name, at) => Math.max(widthOf(name), ...rows.map(row => widthOf(row[at]!))));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, at) => padTo(cell, widths[at]!))
			.join('  ')
			.trimEnd();
	return [line(columns), ...rows.map(line)];
}

const bare = (line: string) => line.replaceAll(/\u001b\[[0-9;]*m/g, '');
