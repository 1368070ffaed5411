import {linesPane, type PaneLine} from './lines-pane.js';
import {renderMarkdown} from '../text/markdown.js';
import type {PaneContext} from './pane.js';

/** The task text. Its commands can be chosen and written into the prompt. */
const task = linesPane({
	title: 'task',
	scrolls: true,
	count: context => commandLines(linesOf(context)).length,
	lines: linesOf,
	depends: context => [context.run.lab, context.settings.language, context.settings.theme, context.state, context.focused],
	keys: [
		{keys: ['n', 'right'], word: 'keyNextCommand', deed: context => chooseCommand(context, 1)},
		{keys: ['N', 'left'], word: 'keyNextCommand', deed: context => chooseCommand(context, -1)},
		{
			keys: ['return', 'c'],
			word: 'keyCopy',
			deed(context) {
				const text = commandLines(linesOf(context))[context.state.item ?? 0]?.text;
				return text === undefined ? undefined : {does: 'type', text};
			},
		},
		{keys: ['?'], word: 'keyExplain', deed: ({run, settings}) => ({does: 'explain', text: run.lab.text[settings.language]})},
	],
});
export default task;

const cache = new Map<string, readonly PaneLine[]>();

/** Kept for the size it was last asked for: a key press must not lay out the whole text again. */
function linesOf({run, settings, columns}: PaneContext): readonly PaneLine[] {
	const source = run.lab.text[settings.language];
	const key = `${columns} ${source}`;
	let lines = cache.get(key);
	if (!lines) {
		cache.clear();
		let item = -1;
		let open = false;
		lines = renderMarkdown(source, columns - 1).map(spans => {
			const command = spans.some(span => span.look === 'command');
			// What was too wide for one line is one command all the same.
			const goesOn = open && spans[0]?.text === '    ';
			if (command && !goesOn) item++;
			open = command;
			return command ? {spans, item} : {spans};
		});
		cache.set(key, lines);
	}
	return lines;
}

function commandLines(lines: readonly PaneLine[]): Array<{text: string; at: number}> {
	const commands: Array<{text: string; at: number}> = [];
	for (const [at, {spans, item}] of lines.entries()) {
		if (item === undefined) continue;
		const text = spans
			.filter(span => span.look === 'command')
			.map(span => span.text)
			.join('');
		if (commands[item]) commands[item].text += text;
		else commands[item] = {text, at};
	}
	return commands;
}

function chooseCommand(context: PaneContext, by: number) {
	const commands = commandLines(linesOf(context));
	const now = context.state.item ?? (by > 0 ? -1 : 0);
	const item = Math.max(0, Math.min(commands.length - 1, now + by));
	const at = commands[item]?.at ?? 0;
	const seen = at >= context.state.top && at < context.state.top + context.rows - 1;
	return {does: 'look', change: {item, ...(!seen && {top: Math.max(0, at - Math.floor(context.rows / 2))})}} as const;
}
