import {Text} from 'ink';
import {renderMarkdown} from '../markdown.js';
import {theme} from '../theme.js';
import {Pane, StyledLines} from './lines.js';

/** The task text, from `scroll` on. */
export function TaskView({
	source,
	columns,
	rows,
	scroll,
}: {
	readonly source: string;
	readonly columns: number;
	readonly rows: number;
	readonly scroll: number;
}) {
	const lines = taskLines(source, columns);
	const more = lines.length > scroll + rows;
	return (
		<Pane columns={columns} rows={rows}>
			<StyledLines lines={lines.slice(scroll, scroll + rows - (more ? 1 : 0))} />
			{more && <Text {...theme.dim}>{' ▼ shift-↓'}</Text>}
		</Pane>
	);
}

const cache = new Map<string, ReturnType<typeof renderMarkdown>>();

/** Kept for the size it was last asked for: a key press must not lay out the whole text again. */
export function taskLines(source: string, columns: number) {
	const key = `${columns} ${source}`;
	let lines = cache.get(key);
	if (!lines) {
		cache.clear();
		lines = renderMarkdown(source, columns - 1);
		cache.set(key, lines);
	}
	return lines;
}
