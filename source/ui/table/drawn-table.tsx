import {Box, renderToString, Text} from 'ink';
import type {ReactNode} from 'react';
import {Table} from './ink-table.js';
import type {FittedTable} from './fit.js';
import {widthOf} from '../text/width.js';

export interface TableLooks {
	readonly width: number;
	/** With a line between two rows. */
	readonly roomy: boolean;
	header(text: string): string;
	border(text: string): string;
	cell(text: string): string;
}

/** A table through ink-table, as lines: they are kept, because laying out its hundreds of boxes again for each key would be slow. */
export function drawTable({columns, rows}: FittedTable, {width, roomy, header, border, cell}: TableLooks): string[] {
	const data = rows.map(row => Object.fromEntries(row.map((text, at) => [columns[at]!, filled(text)])));
	const Header = ({children}: Props) => <Text>{header(String(children))}</Text>;
	const Cell = ({children}: Props) => <Text>{cell(String(children).replaceAll(filler, ''))}</Text>;
	const Line = ({children}: Props) => <Text>{border(String(children))}</Text>;
	// Without horizontal lines a row takes one line instead of two.
	const Upright = ({children}: Props) => (/^[│ ]*$/.test(String(children)) ? <Text>{border(String(children))}</Text> : null);
	return renderToString(
		<Box overflow="hidden" alignItems="flex-start" width={width}>
			<Box flexShrink={0}>
				<Table data={data} columns={columns} header={Header} cell={Cell} skeleton={roomy ? Line : Upright} />
			</Box>
		</Box>,
		{columns: width},
	).split('\n');
}

type Props = {readonly children?: ReactNode};

/** ink-table counts characters, not columns: one of these for each column that a value is wider than it is long (CJK). */
const filler = '\u2060';
const filled = (text: string) => text + filler.repeat(Math.max(0, widthOf(text) - text.length));
