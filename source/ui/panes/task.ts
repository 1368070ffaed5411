import {linesPane, type PaneLine} from './lines-pane.js';
import {renderMarkdown} from '../text/markdown.js';
import type {PaneContext} from './pane.js';
import type {PaneState} from '../state/app-state.js';
import {itemsIn, type TaskItem, typedFor} from '../text/task-items.js';

/** The task text. Its commands and files can be chosen and written into the prompt. */
const task = linesPane({
	title: 'task',
	scrolls: true,
	count: context => textOf(context).items.length,
	lines: context => textOf(context).lines,
	depends: context => [context.run.lab, context.settings.language, context.settings.theme, context.state, context.focused],
	keys: [
		{
			keys: ['n', 'right'],
			word: 'keyNextCommand',
			deed: context => ({does: 'look', change: itemFrom(context, context.state.item ?? -1, 1)}),
		},
		{
			keys: ['N', 'left'],
			word: 'keyNextCommand',
			deed: context => ({does: 'look', change: itemFrom(context, context.state.item ?? 0, -1)}),
		},
		{
			keys: ['return', 'c'],
			word: 'keyCopy',
			deed(context) {
				const {item = 0} = context.state;
				const chosen = textOf(context).items[item];
				if (!chosen) return undefined;
				// The next one is at hand when the learner comes back.
				const change = itemFrom(context, item, 1);
				return {does: chosen.kind === 'part' ? 'copy' : 'type', text: typedFor(chosen), change};
			},
		},
		{keys: ['?'], word: 'keyExplain', deed: ({run, settings}) => ({does: 'explain', text: run.lab.text[settings.language]})},
	],
});
export default task;

interface TaskText {
	readonly source: string;
	readonly columns: number;
	readonly lines: readonly PaneLine[];
	readonly items: readonly TaskItem[];
}

let kept: TaskText | undefined;

/** Kept for the size it was last asked for: a key press must not lay out the whole text again. */
function textOf({run, settings, columns}: PaneContext): TaskText {
	const source = run.lab.text[settings.language];
	if (kept?.source === source && kept.columns === columns) return kept;
	const lines = renderMarkdown(source, columns - 1).map(spans => {
		const item = spans.find(span => span.item !== undefined)?.item;
		return item === undefined ? {spans} : {spans, item};
	});
	kept = {source, columns, lines, items: itemsIn(source)};
	return kept;
}

/** The thing so many behind this one, and scrolled to where it is seen. */
function itemFrom(context: PaneContext, from: number, by: number): Partial<PaneState> {
	const {lines, items} = textOf(context);
	const item = Math.max(0, Math.min(items.length - 1, from + by));
	const at = Math.max(
		0,
		lines.findIndex(line => line.item === item),
	);
	const {top} = context.state;
	const seen = at >= top && at < top + context.rows - 1;
	return {item, ...(!seen && {top: Math.max(0, at - Math.floor(context.rows / 2))})};
}
