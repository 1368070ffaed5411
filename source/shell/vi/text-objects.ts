import type {Position, Vi} from './state.js';

export interface Range {
	readonly start: Position;
	/** Behind the last character. */
	readonly end: Position;
	readonly lines?: boolean;
}

/** `iw`, `a"`, `i(`, `ip`: what stands around the cursor. */
export function textObject(vi: Vi, around: boolean, kind: string): Range | undefined {
	if (kind === 'w' || kind === 'W') return word(vi, around, kind === 'W');
	if ('"\'`'.includes(kind)) return quoted(vi, around, kind);
	if (kind === 'p') return paragraph(vi, around);
	const pair = ['()', '[]', '{}', '<>'].find(each => each.includes(kind)) ?? (kind === 'b' ? '()' : kind === 'B' ? '{}' : undefined);
	return pair ? bracketed(vi, around, pair) : undefined;
}

function word(vi: Vi, around: boolean, big: boolean): Range {
	const text = vi.lines[vi.row]!;
	const kind = (at: number) => (/\s/.test(text[at] ?? ' ') ? 0 : big || /[\p{L}\p{N}_]/u.test(text[at]!) ? 1 : 2);
	let start = vi.column;
	let end = vi.column + 1;
	while (start > 0 && kind(start - 1) === kind(vi.column)) start--;
	while (end < text.length && kind(end) === kind(vi.column)) end++;
	if (around) {
		const before = end;
		while (end < text.length && kind(end) === 0) end++;
		if (end === before) while (start > 0 && kind(start - 1) === 0) start--;
	}

	return {start: {row: vi.row, column: start}, end: {row: vi.row, column: Math.min(end, text.length)}};
}

function quoted(vi: Vi, around: boolean, mark: string): Range | undefined {
	const text = vi.lines[vi.row]!;
	const places = [...text].flatMap((character, index) => (character === mark && text[index - 1] !== '\\' ? [index] : []));
	for (let index = 0; index + 1 < places.length; index += 2) {
		const [open, close] = [places[index]!, places[index + 1]!];
		if (close < vi.column) continue;
		const range = around ? [open, close + 1] : [open + 1, close];
		return {start: {row: vi.row, column: range[0]!}, end: {row: vi.row, column: range[1]!}};
	}

	return undefined;
}

function bracketed(vi: Vi, around: boolean, [open, close]: string): Range | undefined {
	const flat = vi.lines.join('\n');
	const offset = (row: number, column: number) => vi.lines.slice(0, row).reduce((sum, text) => sum + text.length + 1, 0) + column;
	const position = (at: number): Position => {
		const before = flat.slice(0, at).split('\n');
		return {row: before.length - 1, column: before.at(-1)!.length};
	};
	const cursor = offset(vi.row, vi.column);
	const outer = openingBefore(flat, cursor, open!, close!);
	// Outside of any, the next one on the line.
	const ahead = vi.lines[vi.row]!.indexOf(open!, vi.column);
	const start = outer >= 0 ? outer : ahead < 0 ? -1 : offset(vi.row, ahead);
	if (start < 0) return undefined;
	let end = start + 1;
	for (let depth = 0; end < flat.length; end++) {
		if (flat[end] === open) depth++;
		else if (flat[end] === close && depth-- === 0) break;
	}

	if (end >= flat.length) return undefined;
	return {start: position(around ? start : start + 1), end: position(around ? end + 1 : end)};
}

function openingBefore(flat: string, cursor: number, open: string, close: string): number {
	let start = cursor;
	for (let depth = 0; start >= 0; start--) {
		if (flat[start] === close && start !== cursor) depth++;
		else if (flat[start] === open && depth-- === 0) break;
	}
	return start;
}

function paragraph(vi: Vi, around: boolean): Range {
	const blank = (row: number) => (vi.lines[row] ?? '').trim() === '';
	const kind = blank(vi.row);
	let first = vi.row;
	let last = vi.row;
	while (first > 0 && blank(first - 1) === kind) first--;
	while (last < vi.lines.length - 1 && blank(last + 1) === kind) last++;
	if (around) while (last < vi.lines.length - 1 && blank(last + 1) !== kind) last++;
	return {start: {row: first, column: 0}, end: {row: last, column: vi.lines[last]!.length}, lines: true};
}
