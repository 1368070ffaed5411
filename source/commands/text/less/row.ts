import type {LessOptions} from './options.js';

/** What a place of a line is drawn as. */
interface Cell {
	readonly text: string;
	readonly width: number;
	readonly standout: boolean;
	/** The colour from here on, as it was written. */
	readonly colour: string;
}

export interface RowOptions {
	readonly options: LessOptions;
	readonly columns: number;
	/** Columns that are scrolled off to the left. */
	readonly shift: number;
	/** Letters of the plain line that are marked, from and to, in order. */
	readonly marked?: ReadonlyArray<readonly [from: number, to: number]>;
	/** In front of each row: the number of the line. */
	readonly gutter?: string;
}

export const standoutOn = '\u001b[7m';
export const plainAgain = '\u001b[0m';

/** The rows that a line takes on the screen: folded at its edge, or one that is chopped there. */
export function rowsOf(line: string, given: RowOptions): string[] {
	const {options, columns, shift, gutter = ''} = given;
	const width = Math.max(1, columns - gutter.length);
	const cells = cellsOf(line.replace(/\r$/, ''), given);
	if (!options.on.has('S') && shift === 0) return folded(cells, width).map(row => gutter + draw(row));
	const rest = beyond(cells, shift);
	if (widthOf(rest) <= width) return [gutter + draw(rest)];
	return [`${gutter}${draw(cut(rest, width - 1))}${standoutOn}>${plainAgain}`];
}

function cellsOf(line: string, {options, marked = []}: RowOptions): Cell[] {
	const cells: Cell[] = [];
	const keeps = options.on.has('R') || options.on.has('r');
	let [column, at, hit, active] = [0, 0, 0, ''];
	const add = (text: string, width: number, special: boolean) => {
		while (marked[hit] && marked[hit]![1] <= at) hit++;
		const isMarked = marked[hit] !== undefined && at >= marked[hit]![0];
		cells.push({text, width, standout: special || isMarked, colour: active});
		column += width;
	};
	for (const piece of line.match(keeps ? /\u001b\[[0-9;:]*m|./gsu : /./gsu) ?? []) {
		if (piece.length > 2 && piece.startsWith('\u001b')) {
			active = /\[0*m$/.test(piece) ? '' : active + piece;
			continue;
		}
		const code = piece.codePointAt(0)!;
		if (piece === '\t') {
			const room = options.tab - (column % options.tab);
			add(' '.repeat(room), room, false);
		} else if (code === 27) add('ESC', 3, true);
		else if (code < 32 || code === 127) add(`^${String.fromCharCode(code ^ 64)}`, 2, true);
		else if (code >= 0xdc80 && code <= 0xdcff) add(`<${(code - 0xdc00).toString(16).toUpperCase()}>`, 4, true);
		else add(piece, isWide(code) ? 2 : 1, false);
		at += piece.length;
	}
	return cells;
}

/** East Asian wide letters and pictures. */
const isWide = (code: number) =>
	(code >= 0x1100 && code <= 0x115f) ||
	(code >= 0x2e80 && code <= 0xa4cf) ||
	(code >= 0xac00 && code <= 0xd7a3) ||
	(code >= 0xf900 && code <= 0xfaff) ||
	(code >= 0xfe30 && code <= 0xfe6f) ||
	(code >= 0xff00 && code <= 0xff60) ||
	(code >= 0xffe0 && code <= 0xffe6) ||
	(code >= 0x1f300 && code <= 0x1faff);

const widthOf = (cells: readonly Cell[]) => cells.reduce((sum, {width}) => sum + width, 0);

function folded(cells: readonly Cell[], width: number): Cell[][] {
	const rows: Cell[][] = [[]];
	let used = 0;
	for (const cell of cells.flatMap(apart)) {
		if (used + cell.width > width) {
			rows.push([]);
			used = 0;
		}
		rows.at(-1)!.push(cell);
		used += cell.width;
	}
	return rows;
}

/** What stands for one letter may be folded within: blanks of a tab, `^A`. */
const apart = (cell: Cell): Cell[] =>
	cell.text.length === cell.width && cell.width > 1 ? [...cell.text].map(text => ({...cell, text, width: 1})) : [cell];

function beyond(cells: readonly Cell[], shift: number): Cell[] {
	let left = shift;
	return cells.flatMap(apart).filter(({width}) => {
		const isOff = left > 0;
		left -= width;
		return !isOff;
	});
}

function cut(cells: readonly Cell[], width: number): Cell[] {
	let left = width;
	return cells.filter(cell => (left -= cell.width) >= 0);
}

function draw(cells: readonly Cell[]): string {
	let row = '';
	let style = '';
	for (const {text, standout, colour: painted} of cells) {
		const wanted = painted + (standout ? standoutOn : '');
		if (wanted !== style) row += (style === '' ? '' : plainAgain) + wanted;
		style = wanted;
		row += text;
	}
	return style === '' ? row : row + plainAgain;
}
