import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import {Table} from './ink-table.js';
import {fitTable} from './table-fit.js';
import {stateLook, theme} from './theme.js';
import {type PanelColumn, type PanelRows, sliceRows} from './panel.js';
import {widthOf} from './width.js';

export interface PanelTableProps {
	readonly columns: readonly PanelColumn[];
	/** Called while drawing, so that a panel that fails is caught where it is drawn. */
	read(): PanelRows;
	/** Rows (as joined text) that are new or different since a moment ago. */
	readonly changed: ReadonlySet<string>;
	readonly width: number;
	readonly height: number;
	/** First row shown. */
	readonly offset: number;
	readonly empty: string;
}

/** A panel's rows through ink-table, cut to the room there is: with all its lines where they fit, else one line a row. */
export function PanelTable({columns, read, changed, width, height, offset, empty}: PanelTableProps) {
	const rows = read();
	if (rows.length === 0) return <Text {...theme.dim}>{` ${empty}`}</Text>;
	const roomy = rows.length * 2 + 3 <= height;
	const count = Math.max(1, height - (roomy ? 0 : 1));
	const start = Math.max(0, Math.min(offset, rows.length - count));
	const shown = sliceRows(rows, start, start + count);
	const fitted = fitTable(columns, shown, width);
	const data = fitted.rows.map((row, index) =>
		Object.fromEntries(row.map((text, at) => [fitted.columns[at]!, mark(text, changed.has(keyOf(columns, shown[index]!)))])),
	);
	// What ink-table draws its rows with is fixed when it is made: a new key makes a new one.
	return (
		<Box overflow="hidden" alignItems="flex-start" width={width} height={height}>
			<Box flexShrink={0}>
				<Table
					key={roomy ? 'roomy' : 'dense'}
					data={data}
					columns={fitted.columns}
					header={Header}
					cell={Cell}
					skeleton={roomy ? Line : Upright}
				/>
			</Box>
		</Box>
	);
}

/** What tells one row from another, without what changes by itself. */
export const keyOf = (columns: readonly PanelColumn[], row: readonly string[]): string =>
	row.filter((_, index) => !columns[index]!.quiet).join('\u0000');

/** ink-table counts characters, not columns: one of these for each column that a value is wider than it is long (CJK). */
const filler = '\u2060';
/** ink-table tells a cell its text and nothing else, so a changed row travels in the text: its first letter moves to the private area. */
const privateArea = 0xe000;

function mark(text: string, changed: boolean): string {
	const padded = text + filler.repeat(Math.max(0, widthOf(text) - text.length));
	const first = padded.charCodeAt(0);
	return changed && first > 0x20 && first < 0x7f ? String.fromCharCode(first + privateArea) + padded.slice(1) : padded;
}

type Props = {readonly children?: ReactNode};

const Header = ({children}: Props) => <Text {...theme.header}>{children}</Text>;
const Line = ({children}: Props) => <Text {...theme.border}>{children}</Text>;

/** Without horizontal lines a row takes one line instead of two. */
const Upright = ({children}: Props) => (/^[│ ]*$/.test(String(children)) ? <Text {...theme.border}>{children}</Text> : null);

function Cell({children}: Props) {
	const marked = String(children).replaceAll(filler, '');
	const text = marked.replace(/[\ue021-\ue07e]/, letter => String.fromCharCode(letter.charCodeAt(0) - privateArea));
	return <Text {...(text === marked ? stateLook(text.trim()) : theme.changed)}>{text}</Text>;
}
