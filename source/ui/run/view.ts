import type {Marks} from '../../lab/judge.js';
import type {Lab, OpenedHints} from '../../lab/lab.js';
import type {World} from '../../node/world.js';
import type {Tables} from './tables.js';
import type {TimelineView} from './timeline.js';
import type {TraceView} from './trace.js';
import type {EditorView} from '../terminal/editor.js';
import type {Scrollback} from '../terminal/scrollback.js';
import type {ShellsView} from '../terminal/shell-tabs.js';
import type {Slip} from '../slips/slip.js';

/** What the screen shows of a lab that is being played: a value, made anew at each change. */
export interface RunView extends TraceView {
	readonly lab: Lab;
	readonly world: World;
	readonly tables: Tables;
	/** Stands still while neither the world nor its clock's second has moved. */
	readonly stamp: string;
	/** The terminals; what follows is of the one that is looked at. */
	readonly shells: ShellsView;
	readonly scrollback: Scrollback;
	/** The prompt, or what a command asks with; '' while a command runs. */
	readonly prompt: string;
	readonly input: {readonly text: string; readonly cursor: number};
	/** What was typed before and goes on from here: shown behind the cursor, taken with the right arrow. */
	readonly suggestion: string;
	/** Candidates below the prompt after Tab, and which of them stands in the line. */
	readonly menu?: {readonly candidates: readonly string[]; readonly at: number};
	readonly busy: boolean;
	/** It is a pager that runs: q leaves it. */
	readonly paging?: boolean;
	readonly marks: Marks;
	readonly hints: OpenedHints;
	readonly timeline: TimelineView;
	/** Virtual seconds since the lab began. */
	readonly uptimeSeconds: number;
	readonly commands: number;
	/** Of an exam, or of a lab against the clock. */
	readonly sitting?: {readonly over: boolean; readonly leftSeconds?: number};
	/** Rows of each panel that changed a moment ago, by the panel's title. */
	readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
	/** The built-in editor, when a command opened it. */
	readonly editor?: EditorView;
	/** A slip that was noticed in the last line. */
	readonly slip?: Slip;
}

export const noChanges: ReadonlySet<string> = new Set();

/** `1:02:03` */
export function clockText(seconds: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;
}
