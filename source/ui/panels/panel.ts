import type {World} from '../../node/world.js';
import type {Word} from '../words/words.js';

/** A live table beside the shell: a plain reading of the world. It never writes. Listed in `ui/panels/index.ts`. */
export interface Panel {
	readonly title: Word;
	/** It shows one host; the learner chooses which. */
	readonly ofHost: boolean;
	/** What kubectl calls its rows, when each is an object. */
	readonly resource?: string;
	readonly columns: readonly PanelColumn[];
	/** What it means that it has no rows. */
	readonly empty?: Word;
	rows(world: World, host: string): PanelRows;
}

/** Rows are worded only when they are looked at: of ten thousand pods a screen shows thirty. */
export interface PanelRows {
	readonly length: number;
	/** One text for each column. */
	at(index: number): readonly string[];
}

export const rowsFrom = <T>(items: readonly T[], row: (item: T) => readonly string[]): PanelRows => ({
	length: items.length,
	at: index => row(items[index]!),
});

export const sliceRows = (rows: PanelRows, start: number, end: number): Array<readonly string[]> =>
	Array.from({length: Math.max(0, Math.min(end, rows.length) - start)}, (_, index) => rows.at(start + index));

export interface PanelColumn {
	readonly name: string;
	/** Where it is narrow, columns with the highest number go first; 0 always stays. */
	readonly drop: number;
	/** Cut short with an ellipsis where it is too wide: a text at its end; a name before it, which tells it from its likes; a rule in its middle. */
	readonly shrink?: 'text' | 'name' | 'rule';
	/** Does not count as a change worth showing: an age. */
	readonly quiet?: boolean;
	readonly right?: boolean;
}
