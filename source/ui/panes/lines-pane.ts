import type {StyledLine} from '../text/markdown.js';
import {chosenItem, type Pane, type PaneContext} from './pane.js';
import type {Look} from '../text/theme.js';
import {padTo, wrap} from '../text/width.js';
import {styledRow} from '../text/styled-row.js';

export interface PaneLine {
	readonly spans: StyledLine;
	/** The thing that it belongs to. */
	readonly item?: number;
}

export const lineOf = (text: string, look: Look = 'plain', item?: number): PaneLine => ({
	spans: [{text, look}],
	...(item !== undefined && {item}),
});

export const wrapped = (text: string, width: number, indent: string, look: Look = 'plain', item?: number): PaneLine[] =>
	wrap(text, Math.max(8, width - indent.length)).map(line => lineOf(indent + line, look, item));

export interface LinesPane extends Omit<Pane, 'draw' | 'length'> {
	lines(context: PaneContext): readonly PaneLine[];
}

/** A pane of lines, of which some belong to things that can be chosen. */
export const linesPane = ({lines, ...pane}: LinesPane): Pane => ({
	...pane,
	length: context => lines(context).length,
	draw(context) {
		const all = lines(context);
		const {columns, rows, focused} = context;
		const chosen = pane.count(context) > 0 ? chosenItem(pane as Pane, context) : -1;
		const start = pane.scrolls ? clampTop(context.state.top, all.length, rows) : startOf(all, chosen, focused ? rows : 0, rows);
		const more = all.length > start + rows;
		const shown = all.slice(start, start + rows - (more ? 1 : 0)).map(line => {
			const marked = focused && line.item === chosen && line.item !== undefined;
			return marked ? chosenLine(line.spans, columns) : line.spans;
		});
		const rest: StyledLine[] = more ? [[{text: ` ▼${focused ? ' ↓' : context.inReach ? ' shift-↓' : ''}`, look: 'dim'}]] : [];
		return [...shown, ...rest].map(line => styledRow(line, columns));
	},
});

/** A bar across the whole pane. */
export function chosenLine(spans: StyledLine, columns: number): StyledLine {
	const text = spans.map(span => span.text).join('');
	return [{text: padTo(text, columns - 1), look: 'chosen'}];
}

export const clampTop = (top: number, length: number, rows: number): number => Math.max(0, Math.min(top, length - rows));

/** The first line shown, such that the chosen thing is in sight; from the top while nobody chooses. */
export function startOf(lines: readonly PaneLine[], chosen: number, room: number, rows: number): number {
	if (room === 0) return 0;
	const first = lines.findIndex(line => line.item === chosen);
	const last = lines.findLastIndex(line => line.item === chosen);
	const middle = Math.floor((first + Math.min(last, first + rows - 2)) / 2);
	return clampTop(middle - Math.floor(rows / 2), lines.length, rows);
}
