import {Box, Text} from 'ink';
import {createContext, memo, useContext} from 'react';
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
		<Text>{useContext(StandInsContext).of(text)}</Text>
	</Box>
);

/** Lines that a pure function has drawn. The same lines again cost nothing. */
export const Rows = memo(({lines, columns, rows}: RowsProps) => {
	const standIns = useContext(StandInsContext);
	return (
		<Box width={columns} height={rows} flexShrink={0}>
			<Text>
				{lines
					.slice(0, rows)
					.map(line => standIns.of(line))
					.join('\n')}
			</Text>
		</Box>
	);
});
