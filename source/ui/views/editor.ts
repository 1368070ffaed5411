import type {EditorView} from '../run-view.js';
import {paint} from '../theme.js';
import {shorten} from '../width.js';

/** The built-in vi. What is selected stands in inverse. */
export const editorRows = (editor: EditorView, columns: number): string[] =>
	editor.lines.map((line, index) => {
		if (line === '~') return paint(line, 'dim');
		const shown = shorten(line, columns);
		const [from, to] = editor.selected.get(index) ?? [0, 0];
		return to > from ? shown.slice(0, from) + paint(shown.slice(from, to), 'chosen') + shown.slice(to) : shown;
	});
