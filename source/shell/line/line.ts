/** The line being typed. Plain data: every key makes a new one. */
export interface Line {
	readonly text: string;
	/** Index into `text`. */
	readonly cursor: number;
	/** Texts that were cut, newest last. */
	readonly kills: readonly string[];
	/** Where ctrl-p and ctrl-n stand in the history; `undefined`: at the new line. */
	readonly historyAt?: number;
	/** The new line, kept while older ones are shown. */
	readonly draft?: string;
	/** ctrl-r, ctrl-s: what is searched, which way, and which entry was found. */
	readonly search?: {readonly query: string; readonly at?: number; readonly forwards?: boolean; readonly failed?: boolean};
	/** What was searched before. */
	readonly searched?: string;
	/** The last key was a kill: the next one adds to it. Or a yank: alt-y may replace it. */
	readonly last?: 'kill' | 'yank' | 'type' | 'argument' | 'quote' | 'chord';
	/** alt-. pressed again: which entry its last word came from, and how long the word is. */
	readonly argument?: {readonly at: number; readonly length: number};
	readonly undo: readonly {text: string; cursor: number}[];
}
