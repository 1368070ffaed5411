import type {World} from '../node/world.js';
import type {Word} from './words.js';

/** A live table beside the shell: a plain reading of the world. It never writes. Listed in `ui/panels/index.ts`. */
export interface Panel {
	readonly title: Word;
	/** It shows one host; the learner chooses which. */
	readonly ofHost: boolean;
	readonly columns: readonly PanelColumn[];
	/** One text for each column. */
	rows(world: World, host: string): ReadonlyArray<readonly string[]>;
}

export interface PanelColumn {
	readonly name: string;
	/** Where it is narrow, columns with the highest number go first; 0 always stays. */
	readonly drop: number;
	/** Cut short with an ellipsis where it is still too wide. */
	readonly shrink?: boolean;
	/** Does not count as a change worth showing: an age. */
	readonly quiet?: boolean;
	readonly right?: boolean;
}
