import type {Settings} from '../state/settings.js';

/** Where everything stands, from the size of the terminal alone. All numbers are columns and rows. */
export interface Layout {
	/** Task and tables side by side; otherwise one of them at a time. */
	readonly wide: boolean;
	readonly columns: number;
	/** Rows of the panes above the shell, without their tab line. */
	readonly pane: number;
	readonly task: {readonly columns: number; readonly rows: number};
	readonly goals: {readonly columns: number; readonly rows: number};
	/** Panes on the right, the newest first: one above the other, and on a very wide screen on two sides. */
	readonly tables: ReadonlyArray<{readonly columns: number; readonly rows: number}>;
	/** On how many sides the tables stand. */
	readonly sides: number;
	/** Rows of the shell with its prompt, without its title line. */
	readonly shell: number;
	/** The built-in editor, in place of panes and shell; with the task at its left where there is room for both. */
	readonly editor: {readonly x: number; readonly columns: number; readonly rows: number};
}

/** Smaller than this nothing useful fits. */
export const smallestScreen = {columns: 40, rows: 12};

export interface LayoutWish {
	readonly zoomed: boolean;
	/** The pane has the keys: it gets more room. */
	readonly inPane: boolean;
	/** The goals have. */
	readonly inGoals: boolean;
	/** Rows that the goals' titles take. */
	readonly goals: number;
	readonly settings: Pick<Settings, 'layout' | 'reading'>;
}

export function layoutOf(columns: number, rows: number, {zoomed, inPane, inGoals, goals, settings}: LayoutWish): Layout {
	// Bar, tab line, shell title, help line.
	const free = rows - 4;
	const wide = columns >= 100 && free >= 20 && settings.layout !== 'single' && settings.reading === 'screen';
	const share = inPane ? 0.3 : wide ? 0.38 : 0.52;
	const shell = zoomed
		? free
		: Math.max(inPane ? 3 : 5, Math.round(free * (settings.layout === 'shell' ? Math.min(0.6, share + 0.15) : share)));
	const pane = Math.max(0, free - shell);
	const editor = editorPlace(columns, rows - 2, wide);
	if (!wide) {
		const whole = {columns, rows: pane};
		return {wide, columns, pane, task: whole, goals: whole, tables: [whole], sides: 1, shell, editor};
	}
	const left = leftColumns(columns);
	const goalRows = inGoals ? Math.floor(pane * 0.7) : Math.min(Math.floor(pane / 2), goals + 1);
	const right = columns - left - 1;
	const sides = right > 2 * sideColumns ? 2 : 1;
	const side = Math.floor((right - sides + 1) / sides);
	// Each below its title; a pane with the keys has the whole side.
	const rowsOfSide = pane >= 24 && !inPane ? [Math.ceil(pane / 2) - 1, Math.floor(pane / 2) - 1] : [pane - 1];
	const tables = Array.from({length: sides}, () => rowsOfSide.map(rows => ({columns: side, rows}))).flat();
	const task = {columns: left, rows: pane - goalRows - 1};
	return {wide, columns, pane, task, goals: {columns: left, rows: goalRows}, tables, sides, shell, editor};
}

/** Where each of two tables has so much, they stand side by side: most tables are whole then. */
const sideColumns = 110;

/** What a file is written for, and what is copied from a task, is as wide as this. */
const editorColumns = 80;
const narrowTask = 36;

function editorPlace(columns: number, rows: number, wide: boolean): Layout['editor'] {
	// Between them a blank and a line.
	const left = Math.min(leftColumns(columns), columns - editorColumns - 2);
	return wide && left >= narrowTask ? {x: left + 2, columns: columns - left - 2, rows} : {x: 0, columns, rows};
}

/** Of task and goals, beside the tables. */
export const leftColumns = (columns: number): number => Math.min(90, Math.floor(columns * 0.44));

/** Without panes above, their tab line is the shell's too. */
export const shellRows = (layout: Layout): number => layout.shell + (layout.pane > 0 ? 0 : 1);
