import type {StyledLine} from './markdown.js';
import {paint} from './theme.js';
import {shorten, widthOf} from './width.js';

/** One row of the screen; what does not fit is cut off. */
export function styledRow(line: StyledLine, columns: number): string {
	const whole = line.reduce((sum, {text}) => sum + widthOf(text), 0);
	let left = whole > columns ? columns - 1 : columns;
	let row = '';
	for (const {text, look} of line) {
		const width = widthOf(text);
		if (width > left) return row + paint(shorten(text, left + 1), look);
		row += paint(text, look);
		left -= width;
	}
	return row;
}

/** `── title ─────` */
export function rule(columns: number, title: string, plain = false): string {
	if (plain) return paint(shorten(title, columns), 'header');
	const label = title ? `── ${shorten(title, Math.max(0, columns - 6))} ` : '';
	return paint(`${label}${'─'.repeat(Math.max(0, columns - widthOf(label)))}`, 'border');
}
