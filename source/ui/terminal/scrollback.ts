import {widthOf} from '../text/width.js';

/** What a shell printed, as lines. Immutable: a screen keeps an old one while a new one grows. */
export interface Scrollback {
	readonly lines: readonly string[];
	/** What the last line would be if it ended now; more may still come. */
	readonly open: string;
	/** Where the screen was last cleared: `clear` and `top` draw from here on. */
	readonly top: number;
	/** The cursor stands at the start of `open`, so that the next text writes over it (a carriage return). */
	readonly overwrite: boolean;
	/** A command draws pages (`watch`, `top`): each replaces the one before. */
	readonly paged: boolean;
	/** What stood there before a command took the alternate screen; with it ends all that was drawn on that. */
	readonly below?: Scrollback | undefined;
}

export const emptyScrollback: Scrollback = {lines: [], open: '', top: 0, overwrite: false, paged: false};

const linesMax = 5000;
/** A line without an end (`yes | tr -d '\n'`) must not grow for ever. */
const lineMax = 20_000;

/** Colours stay; clearing the screen starts a new page; other control sequences have no meaning here and are dropped. */
const sequence = /\u001b\[([0-9;?]*)([A-Za-z])|\u001b[()][A-Z0-9]|\u001b[=>78c]|\r\n|[\r\n\u0007\b\f]/g;

export function append(before: Scrollback, text: string): Scrollback {
	const turn = alternate.exec(text);
	if (!turn) return write(before, text);
	const screen = write(before, text.slice(0, turn.index));
	const next = turn[1] === 'l' ? leaveAlternate(screen) : screen.below ? screen : {...emptyScrollback, below: screen};
	return append(next, text.slice(turn.index + turn[0].length));
}

const alternate = /\u001b\[\?1049([hl])/;

/** The earlier screen comes back: `watch` has ended, or was stopped. */
export const leaveAlternate = (screen: Scrollback): Scrollback => screen.below ?? screen;

function write(before: Scrollback, text: string): Scrollback {
	const lines = [...before.lines];
	let {open, top, overwrite, paged} = before;
	const add = (piece: string) => {
		if (!piece) return;
		open = (overwrite ? over(open, piece) : open + piece).slice(0, lineMax);
		overwrite = false;
	};
	let last = 0;
	for (const match of text.matchAll(sequence)) {
		add(text.slice(last, match.index));
		last = match.index + match[0].length;
		const [whole, argument = '', letter] = match;
		if (whole === '\n' || whole === '\r\n') {
			lines.push(open);
			[open, overwrite] = ['', false];
		} else if (whole === '\r') overwrite = true;
		else if (whole === '\b') open = open.slice(0, -1);
		else if (letter === 'm') add(whole);
		else if (letter === 'K' && overwrite) open = '';
		else if (whole === '\f' || letter === 'H' || (letter === 'J' && argument !== '')) {
			if (paged) lines.length = Math.min(lines.length, top);
			else top = lines.length;
			[open, overwrite, paged] = ['', false, true];
		}
	}
	add(text.slice(last));
	const surplus = Math.max(0, lines.length - linesMax);
	return {
		lines: surplus > 0 ? lines.slice(surplus) : lines,
		open,
		top: Math.max(0, top - surplus),
		overwrite,
		paged,
		...(before.below && {below: before.below}),
	};
}

/** The command that drew pages has ended: what follows is written below its last one. */
export function endPage(scrollback: Scrollback): Scrollback {
	const screen = leaveAlternate(scrollback);
	return screen.paged ? {...screen, paged: false} : screen;
}

const over = (old: string, piece: string) => piece + old.slice(piece.length);

/** The last `count` rows as they fit `width`, `scrolled` rows up from the end. */
export function visibleRows(scrollback: Scrollback, last: string, width: number, count: number, scrolled: number): string[] {
	const rows: string[] = [];
	const wanted = count + scrolled;
	const all = scrollback.lines;
	const first = scrolled > 0 ? 0 : scrollback.top;
	rows.unshift(...cutLines(last, width));
	for (let at = all.length - 1; at >= first && rows.length < wanted; at--) rows.unshift(...cut(all[at]!, width));
	const end = Math.max(count, rows.length - scrolled);
	return rows.slice(Math.max(0, end - count), end);
}

/** Rows from this line to the last that has ended. */
export function rowsFrom({lines}: Scrollback, first: number, width: number): number {
	let rows = 0;
	for (let at = first; at < lines.length; at++) rows += cut(lines[at]!, width).length;
	return rows;
}

/** Wraps as a terminal does: at the edge, not at words. */
export function cut(line: string, width: number): string[] {
	const expanded = line.includes('\t') ? expandTabs(line) : line;
	if (widthOf(expanded) <= width) return [expanded];
	const rows: string[] = [];
	let row = '';
	let used = 0;
	for (const piece of expanded.match(/\u001b\[[0-9;]*m|./gsu) ?? []) {
		const size = piece.startsWith('\u001b') ? 0 : widthOf(piece);
		if (used + size > width) {
			rows.push(row);
			[row, used] = ['', 0];
		}
		row += piece;
		used += size;
	}
	return [...rows, row];
}

/** The same for what may hold line ends: a command of several lines that is being typed. */
export const cutLines = (text: string, width: number): string[] => text.split('\n').flatMap(line => cut(line, width));

function expandTabs(line: string): string {
	let out = '';
	for (const part of line.split(/(\t)/)) out += part === '\t' ? ' '.repeat(8 - (widthOf(out) % 8)) : part;
	return out;
}
