import type {Key} from 'ink';
import type {EditorView} from './run-view.js';

/** The editor that a command opened, as the screen needs it. */
export interface Editor {
	view(): EditorView;
	press(name: string, input: string, key: Key): void;
	resize(size: {columns: number; rows: number}): void;
	/** What is being edited, as it stands. */
	request(): {path: string; text: string};
	finish(text: string | undefined): void;
}

export interface EditorPorts {
	/** Called once, with the text that was saved, or `undefined` when nothing was. */
	finish(text: string | undefined): void;
	changed(): void;
}

export function createEditor(request: {path: string; text: string}, _size: {columns: number; rows: number}, ports: EditorPorts): Editor {
	return {
		view: () => ({lines: [], cursor: {x: 0, y: 0}, top: 0, status: ''}),
		press() {},
		resize() {},
		request: () => request,
		finish: ports.finish,
	};
}
