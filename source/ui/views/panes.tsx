import {Box} from './box.js';
import {useMemo} from 'react';
import {useSight} from './sight.js';
import {Rows} from './rows.js';
import {Rule} from './rule.js';

/** Task and goals at the left, tables at the right; or one of them alone. */
export function Panes() {
	const {sides} = useSight();
	const shape = sides.map(side => side.map(({id}) => id).join()).join(';');
	return useMemo(() => shape && <Sides ids={shape.split(';').map(side => side.split(','))} />, [shape]);
}

const Sides = ({ids}: {readonly ids: ReadonlyArray<readonly string[]>}) => (
	<Box columnGap={1}>
		{ids.map((side, at) => (
			<Box key={side[0]} flexDirection="column" flexShrink={0}>
				{side.map((id, place) => (
					<TitledPane key={id} side={at} place={place} />
				))}
			</Box>
		))}
	</Box>
);

function TitledPane({side, place}: {readonly side: number; readonly place: number}) {
	const {title, lines, columns, rows} = useSight().sides[side]![place]!;
	return (
		<>
			{title !== undefined && <Rule columns={columns} title={title} />}
			<Rows lines={lines} columns={columns} rows={rows} />
		</>
	);
}
