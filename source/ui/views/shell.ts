import {cut, type Scrollback, visibleRows} from '../scrollback.js';
import {widthOf} from '../width.js';

export interface ShellProps {
	readonly scrollback: Scrollback;
	/** Prompt and what is typed; '' while a command runs. */
	readonly line: string;
	readonly columns: number;
	readonly rows: number;
	readonly scrolled: number;
}

export const shellLines = ({scrollback, line, columns, rows, scrolled}: ShellProps): string[] =>
	visibleRows(scrollback, scrollback.open + line, columns, rows, scrolled);

/** Where the cursor stands inside the view, `before` being all of the last line in front of it. */
export function cursorPlace({scrollback, line, columns, rows}: Omit<ShellProps, 'scrolled'>, before: string): {x: number; y: number} {
	const shown = visibleRows(scrollback, scrollback.open + line, columns, rows, 0).length;
	const last = cut(scrollback.open + line, columns).length;
	const upTo = cut(`${scrollback.open}${before}`, columns);
	const x = widthOf(upTo.at(-1) ?? '');
	return {x: Math.min(x, columns - 1), y: shown - last + upTo.length - 1};
}
