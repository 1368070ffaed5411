import {memo} from 'react';
import {paint} from '../text/theme.js';
import {padTo, shorten, widthOf} from '../text/width.js';
import {Row} from './rows.js';

export interface BarProps {
	readonly columns: number;
	/** Cut where there is no room. */
	readonly left: string;
	readonly right: string;
}

/** The first row of every screen, in inverse from edge to edge. */
export const Bar = memo(({columns, left, right}: BarProps) => {
	const room = Math.max(0, columns - widthOf(right) - 1);
	return <Row text={paint(`${padTo(shorten(left, room), room + 1)}${right}`, 'bar')} />;
});
