import {replaceRange} from './change.js';
import type {Vi} from './state.js';

/** ctrl-a and ctrl-x: the number at the cursor, or the next one of the line, so much more or less. */
export function addToNumber(vi: Vi, by: number): Vi {
	const text = vi.lines[vi.row]!;
	const found = [...text.matchAll(/-?\d+/g)].find(({0: digits, index}) => index + digits.length > vi.column);
	if (!found) return vi;
	const next = String(Number(found[0]) + by);
	const start = {row: vi.row, column: found.index};
	const changed = replaceRange(vi, {start, end: {row: vi.row, column: found.index + found[0].length}}, next);
	const column = found.index + next.length - 1;
	return {...changed, row: vi.row, column, wanted: column};
}
