import {Box} from 'ink';
import type {ShownPane} from '../shown-panes.js';
import {Rows} from './rows.js';
import {Rule} from './rule.js';

export interface PanesProps {
	/** From left to right, and of each side from top to bottom. */
	readonly sides: ReadonlyArray<readonly ShownPane[]>;
}

/** Task and goals at the left, tables at the right; or one of them alone. */
export const Panes = ({sides}: PanesProps) => (
	<Box columnGap={1}>
		{sides.map(side => (
			<Box key={side[0]!.id} flexDirection="column" flexShrink={0}>
				{side.map(pane => (
					<TitledPane key={pane.id} {...pane} />
				))}
			</Box>
		))}
	</Box>
);

const TitledPane = ({title, lines, columns, rows}: ShownPane) => (
	<>
		{title !== undefined && <Rule columns={columns} title={title} />}
		<Rows lines={lines} columns={columns} rows={rows} />
	</>
);
