import {useMemo} from 'react';
import type {EditorView} from '../terminal/editor.js';
import {paint} from '../text/theme.js';
import {shorten} from '../text/width.js';
import {Rows} from './rows.js';

export interface EditorProps {
	readonly editor: EditorView;
	/** Where it begins: a line stands between it and what is at its left. */
	readonly x: number;
	readonly columns: number;
	readonly rows: number;
}

/** The built-in vi, in place of panes and shell. */
export function Editor({editor, x, columns, rows}: EditorProps) {
	const edge = x > 0 ? paint('│', 'border') : '';
	const lines = useMemo(() => editorRows(editor, columns).map(line => edge + line), [editor, columns, edge]);
	return <Rows lines={lines} columns={columns + (x > 0 ? 1 : 0)} rows={rows} />;
}

/** What is selected stands in inverse. */
const editorRows = (editor: EditorView, columns: number): string[] =>
	editor.lines.map((line, index) => {
		if (line === '~') return paint(line, 'dim');
		const shown = shorten(line, columns);
		const [from, to] = editor.selected.get(index) ?? [0, 0];
		return to > from ? shown.slice(0, from) + paint(shown.slice(from, to), 'chosen') + shown.slice(to) : shown;
	});
