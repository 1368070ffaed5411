import {putBlock} from './block.js';
import {clamp, type Position, type Register, type Vi} from './state.js';
import type {Range} from './text-objects.js';

/** The text of a range, as a register holds it. */
export function textIn({lines}: Vi, {start, end, lines: whole}: Range): Register {
	if (whole) return {text: lines.slice(start.row, end.row + 1).join('\n'), lines: true};
	if (start.row === end.row) return {text: lines[start.row]!.slice(start.column, end.column), lines: false};
	const middle = lines.slice(start.row + 1, end.row);
	return {text: [lines[start.row]!.slice(start.column), ...middle, lines[end.row]!.slice(0, end.column)].join('\n'), lines: false};
}

/** Puts text in place of a range within lines; the cursor goes to its start. */
export function replaceRange(vi: Vi, {start, end}: Range, text: string): Vi {
	const joined = vi.lines[start.row]!.slice(0, start.column) + text + (vi.lines[end.row] ?? '').slice(end.column);
	const lines = [...vi.lines.slice(0, start.row), ...joined.split('\n'), ...vi.lines.slice(end.row + 1)];
	return {...vi, lines, row: start.row, column: start.column, wanted: start.column};
}

export function removeRange(vi: Vi, range: Range): Vi {
	if (!range.lines) return replaceRange(vi, range, '');
	const lines = [...vi.lines.slice(0, range.start.row), ...vi.lines.slice(range.end.row + 1)];
	const left = lines.length > 0 ? lines : [''];
	const row = Math.min(range.start.row, left.length - 1);
	const column = Math.max(0, left[row]!.search(/\S/));
	return {...vi, lines: left, row, column, wanted: column};
}

/** Types text at the cursor, which goes behind it. */
export function insertText(vi: Vi, text: string): Vi {
	const at: Position = {row: vi.row, column: vi.column};
	const next = replaceRange(vi, {start: at, end: at}, text);
	const parts = text.split('\n');
	const column = parts.length === 1 ? at.column + text.length : parts.at(-1)!.length;
	return clamp({...next, row: at.row + parts.length - 1, column, wanted: column});
}

/** `p` and `P`, `count` times. */
export function put(vi: Vi, register: Register, before: boolean, count: number): Vi {
	if (register.block) return putBlock(vi, register, before, count);
	const text = Array.from({length: Math.min(count, 1000)}, () => register.text).join(register.lines ? '\n' : '');
	if (register.lines) {
		const row = before ? vi.row : vi.row + 1;
		const lines = [...vi.lines.slice(0, row), ...text.split('\n'), ...vi.lines.slice(row)];
		const column = Math.max(0, lines[row]!.search(/\S/));
		const many = text.split('\n').length;
		return {...vi, lines, row, column, wanted: column, message: many > 2 ? `${many} more lines` : ''};
	}

	const column = before || vi.lines[vi.row] === '' ? vi.column : vi.column + 1;
	const next = insertText({...vi, mode: 'insert', column}, text);
	return text.includes('\n')
		? {...next, mode: vi.mode, row: vi.row, column}
		: {...next, mode: vi.mode, column: Math.max(0, next.column - 1)};
}

/** `J`: joins lines with one blank, without the indent; or as they are (`gJ`). */
export function join(vi: Vi, count: number, spaced = true): Vi {
	const last = Math.min(vi.lines.length - 1, vi.row + Math.max(1, count - 1));
	if (last === vi.row) return vi;
	let text = vi.lines[vi.row]!;
	let column = text.length;
	for (const next of vi.lines.slice(vi.row + 1, last + 1)) {
		const rest = spaced ? next.trimStart() : next;
		column = text.length;
		text += !spaced || text === '' || /\s$/.test(text) || rest === '' || rest.startsWith(')') ? rest : ` ${rest}`;
	}

	return {...vi, lines: [...vi.lines.slice(0, vi.row), text, ...vi.lines.slice(last + 1)], column, wanted: column};
}

/** `>>` and `<<` on whole lines. */
export function shift(vi: Vi, first: number, last: number, right: boolean): Vi {
	const {shiftwidth, tabstop, expandtab} = vi.options;
	const indent = (text: string) => {
		if (text === '') return text;
		const width = [...(/^[ \t]*/.exec(text)?.[0] ?? '')].reduce(
			(sum, character) => (character === '\t' ? sum + tabstop - (sum % tabstop) : sum + 1),
			0,
		);
		const wanted = Math.max(0, width + (right ? shiftwidth : -shiftwidth));
		const blanks = expandtab ? ' '.repeat(wanted) : '\t'.repeat(Math.floor(wanted / tabstop)) + ' '.repeat(wanted % tabstop);
		return blanks + text.trimStart();
	};
	const lines = vi.lines.map((text, row) => (row >= first && row <= last ? indent(text) : text));
	const column = Math.max(0, lines[first]!.search(/\S/));
	return {...vi, lines, row: first, column, wanted: column};
}
