import {Box, Text} from './box.js';
import {createContext, memo, type ReactNode, useContext, useEffect, useMemo, useState} from 'react';
import {StandIns} from '../text/stand-ins.js';

/** Those of the screen that is being drawn. */
export const StandInsContext = createContext(new StandIns());

export interface RowsProps {
	/** What is shown, colours included; none is wider than there is room. */
	readonly lines: readonly string[];
	readonly columns: number;
	readonly rows: number;
}

/** One line. */
export const Row = ({text}: {readonly text: string}): ReactNode => {
	const places = usePlaces([text], 1);
	return useMemo(
		() => (
			<Box height={1} flexShrink={0}>
				<Text>{places}</Text>
			</Box>
		),
		[places],
	);
};

/**
 * Lines that a pure function has drawn. The same lines again cost nothing; others in the same places no more than to put them there, as
 * Ink composes anew whenever one of its boxes is made again.
 */
export const Rows = memo(({lines, columns, rows}: RowsProps): ReactNode => {
	const places = usePlaces(lines, rows);
	return useMemo(
		() => (
			<Box width={columns} height={rows} flexShrink={0}>
				<Text>{places}</Text>
			</Box>
		),
		[places, columns, rows],
	);
});

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
