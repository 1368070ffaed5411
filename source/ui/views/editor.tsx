import {Text} from 'ink';
import type {EditorView} from '../run-view.js';
import {theme} from '../theme.js';
import {Pane} from './lines.js';

/** The built-in vi: lines from `top` on, `~` below the end, its status in the last row. */
export function EditorPane({editor, columns, rows}: {readonly editor: EditorView; readonly columns: number; readonly rows: number}) {
	const shown = editor.lines.slice(editor.top, editor.top + rows - 1);
	const filler = Array.from({length: Math.max(0, rows - 1 - shown.length)}, () => '~');
	return (
		<Pane columns={columns} rows={rows}>
			{[...shown, ...filler].map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Text key={index} wrap="truncate-end" {...(index < shown.length ? {} : theme.dim)}>
					{line || ' '}
				</Text>
			))}
			<Text wrap="truncate-end">{editor.status || ' '}</Text>
		</Pane>
	);
}
