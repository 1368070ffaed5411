import type {PaneState} from '../state/app-state.js';
import type {RunView} from '../run/view.js';
import type {Settings} from '../state/settings.js';
import type {Word} from '../words/words.js';

/** What a pane is drawn from. */
export interface PaneContext {
	readonly run: RunView;
	readonly settings: Settings;
	readonly state: PaneState;
	/** Of panes that show one host. */
	readonly host: string;
	readonly columns: number;
	readonly rows: number;
	/** Keys go to it. */
	readonly focused: boolean;
	/** It is the one that keys would go to: they can scroll it. */
	readonly inReach: boolean;
	/** It has the whole width of the screen. */
	readonly alone: boolean;
}

/** What a key in a pane leads to. */
export type PaneDeed =
	/** Writes into the prompt, for the learner to look at and send; what is looked at when they come back. */
	| {readonly does: 'type'; readonly text: string; readonly change?: Partial<PaneState>}
	/** To the clipboard: nothing to send, a part of a file. */
	| {readonly does: 'copy'; readonly text: string; readonly change?: Partial<PaneState>}
	/** Types a line and sends it; afterwards something else is what one looks at first. */
	| {readonly does: 'run'; readonly line: string; readonly moves?: boolean}
	| {readonly does: 'explain'; readonly text: string}
	/** Asks the run itself for something (`run/trace.ts`). */
	| {readonly does: 'ask'; readonly what: 'trace' | 'compare'}
	/** Says why there is nothing to do. */
	| {readonly does: 'say'; readonly word: Word}
	| {readonly does: 'look'; readonly change: Partial<PaneState>};

export interface PaneKey {
	readonly keys: readonly string[];
	readonly word: Word;
	deed(context: PaneContext): PaneDeed | undefined;
}

/** One view of a lab beside its shell: task, goals, a table, the timeline ... Listed in `panes/index.ts`. It never changes the world. */
export interface Pane {
	readonly title: Word;
	readonly ofHost?: boolean;
	/** Filter and sort make sense. */
	readonly table?: boolean;
	/** Up and down scroll instead of choosing. */
	readonly scrolls?: boolean;
	/** How many things can be chosen. */
	count(context: PaneContext): number;
	/** Which one is, before the learner chose. */
	first?(context: PaneContext): number;
	/** Lines that can be scrolled. */
	length?(context: PaneContext): number;
	readonly keys: readonly PaneKey[];
	/** It is drawn again when one of these is another. */
	depends(context: PaneContext): readonly unknown[];
	draw(context: PaneContext): readonly string[];
}

/** The thing chosen in a pane, as an index. */
export function chosenItem(pane: Pane, context: PaneContext): number {
	const count = pane.count(context);
	return Math.max(0, Math.min(context.state.item ?? pane.first?.(context) ?? 0, count - 1));
}
