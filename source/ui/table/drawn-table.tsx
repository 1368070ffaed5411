import {Box, renderToString, Text} from 'ink';
import type {ReactNode} from 'react';
import {Table} from './ink-table.js';

export interface TableShape {
	readonly columns: readonly string[];
	/** Of each column, without the blanks beside a value. */
	readonly widths: readonly number[];
	readonly rows: number;
	/** Of the room it has. */
	readonly width: number;
	/** With a line between two rows. */
	readonly roomy: boolean;
}

export interface TableLooks {
	header(text: string): string;
	border(text: string): string;
}

/** What stands in each place of a value, one for each of its columns. */
export const standIn = '\ue000';

/**
 * A table through ink-table, as lines, without its values: laying out its hundreds of boxes is slow, and while a cluster lives it is the
 * values that change, not their places.
 */
export function drawTable({columns, widths, rows, width, roomy}: TableShape, {header, border}: TableLooks): string[] {
	const row = Object.fromEntries(columns.map((name, at) => [name, standIn.repeat(widths[at]!)]));
	const Header = ({children}: Props) => <Text>{header(String(children))}</Text>;
	const Cell = ({children}: Props) => <Text>{children}</Text>;
	const Line = ({children}: Props) => <Text>{border(String(children))}</Text>;
	// Without horizontal lines a row takes one line instead of two.
	const Upright = ({children}: Props) => (/^[│ ]*$/.test(String(children)) ? <Text>{border(String(children))}</Text> : null);
	return renderToString(
		<Box overflow="hidden" alignItems="flex-start" width={width}>
			<Box flexShrink={0}>
				<Table
					data={Array.from({length: rows}, () => row)}
					columns={columns}
					header={Header}
					cell={Cell}
					skeleton={roomy ? Line : Upright}
				/>
			</Box>
		</Box>,
		{columns: width},
	).split('\n');
}

type Props = {readonly children?: ReactNode};
