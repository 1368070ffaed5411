import {Text} from 'ink';
import type {EditorView} from '../run-view.js';
import {theme} from '../theme.js';
import {Pane} from './lines.js';

/** The built-in vi. What is selected stands in inverse. */
export function EditorPane({editor, columns, rows}: {readonly editor: EditorView; readonly columns: number; readonly rows: number}) {
	return (
		<Pane columns={columns} rows={rows}>
			{editor.lines.map((line, index) => {
				const [from, to] = editor.selected.get(index) ?? [0, 0];
				return (
					// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
					<Text key={index} wrap="truncate-end" {...(line === '~' ? theme.dim : {})}>
						{line.slice(0, from)}
						{to > from && <Text inverse>{line.slice(from, to)}</Text>}
						{line.slice(to) || (line ? '' : ' ')}
					</Text>
				);
			})}
		</Pane>
	);
}
