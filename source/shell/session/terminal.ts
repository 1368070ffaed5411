import type {Edited} from './edited.js';

/** The screen and keyboard of an interactive session; `ui` and `cli` provide one. */
export interface Terminal {
	readonly columns: number;
	readonly rows: number;
	/** Output as it comes, both streams in order. */
	sink(text: string, stream: 'stdout' | 'stderr'): void;
	/** A line typed by the learner for a command that reads; `undefined` at ctrl-d. */
	readLine?(signal?: AbortSignal): Promise<string | undefined>;
	/** `raw`: ctrl-c is a key, too, and `redraw` says that the screen has changed its size. */
	readKey?(signal?: AbortSignal, raw?: boolean): Promise<string | undefined>;
	/** Opens an editor on the text and answers with what was written, or `undefined` if nothing was. */
	edit?(request: EditRequest, signal?: AbortSignal): Promise<Edited | undefined>;
}

export interface EditRequest {
	readonly path: string;
	readonly text: string;
	readonly machine: string;
	/** Where names of other files begin. */
	readonly cwd: string;
	/** It is opened again: the command that it waited for has printed this. `key`: what was pressed to go on. */
	readonly ran?: {readonly output: string; readonly key: string};
}
