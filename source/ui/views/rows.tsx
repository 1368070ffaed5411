import {Box, Text} from 'ink';
import {createContext, memo, useContext, useEffect, useState} from 'react';
import {StandIns} from '../stand-ins.js';

/** Those of the screen that is being drawn. */
export const StandInsContext = createContext(new StandIns());

export interface RowsProps {
	/** What is shown, colours included; none is wider than there is room. */
	readonly lines: readonly string[];
	readonly columns: number;
	readonly rows: number;
}

/** One line. */
export const Row = ({text}: {readonly text: string}) => (
	<Box height={1} flexShrink={0}>
		<Text>{usePlaces([text], 1)}</Text>
	</Box>
);

/** Lines that a pure function has drawn. The same lines again cost nothing. */
export const Rows = memo(({lines, columns, rows}: RowsProps) => (
	<Box width={columns} height={rows} flexShrink={0}>
		<Text>{usePlaces(lines, rows)}</Text>
	</Box>
));

/** What stands for so many rows, the same as long as there are as many. */
function usePlaces(lines: readonly string[], rows: number): string {
	const standIns = useContext(StandInsContext);
	const [codes] = useState<string[]>(() => []);
	useEffect(
		() => () => {
			for (const code of codes.splice(0)) standIns.giveBack(code);
		},
		[codes, standIns],
	);
	while (codes.length < rows) codes.push(standIns.take());
	const used = codes.slice(0, rows);
	for (const [row, code] of used.entries()) standIns.put(code, lines[row] ?? '');
	return used.join('\n');
}
