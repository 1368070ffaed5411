/** Where everything stands, from the size of the terminal alone. All numbers are columns and rows. */
export interface Layout {
	/** Task and tables side by side; otherwise one of them at a time. */
	readonly wide: boolean;
	readonly columns: number;
	/** Rows of the panes above the shell, without their tab line. */
	readonly pane: number;
	readonly task: {readonly columns: number; readonly rows: number};
	readonly goals: {readonly columns: number; readonly rows: number};
	/** Tables on the right, one above the other. */
	readonly tables: ReadonlyArray<{readonly columns: number; readonly rows: number}>;
	/** Rows of the shell with its prompt, without its title line. */
	readonly shell: number;
}

/** Smaller than this nothing useful fits. */
export const smallestScreen = {columns: 40, rows: 12};

export function layoutOf(columns: number, rows: number, {zoomed, goals}: {zoomed: boolean; goals: number}): Layout {
	// Bar, tab line, shell title, help line.
	const free = rows - 4;
	const wide = columns >= 100 && free >= 20;
	const shell = zoomed ? free : Math.max(5, Math.round(free * (wide ? 0.38 : 0.52)));
	const pane = Math.max(0, free - shell);
	if (!wide) {
		const whole = {columns, rows: pane};
		return {wide, columns, pane, task: whole, goals: whole, tables: [whole], shell};
	}
	const left = Math.min(90, Math.floor(columns * 0.44));
	const goalRows = Math.min(Math.floor(pane / 2), goals + 1);
	const right = columns - left - 1;
	const tables = pane >= 24 ? [split(right, Math.ceil((pane - 1) / 2)), split(right, Math.floor((pane - 1) / 2))] : [split(right, pane)];
	return {wide, columns, pane, task: {columns: left, rows: pane - goalRows - 1}, goals: {columns: left, rows: goalRows}, tables, shell};
}

const split = (columns: number, rows: number) => ({columns, rows});

/** Without panes above, their tab line is the shell's too. */
export const shellRows = (layout: Layout): number => layout.shell + (layout.pane > 0 ? 0 : 1);
