import {insertText, replaceRange, shift} from './change.js';
import {repeatInBlock} from './block.js';
import {clamp, goTo, type Vi} from './state.js';

/** A key in insert or replace mode. */
export function runInsert(vi: Vi, key: string): Vi {
	const text = vi.lines[vi.row]!;
	switch (key) {
		case '<Esc>':
		case '<C-c>':
			return leave(vi);
		case '<CR>': {
			const indent = vi.options.autoindent && !vi.options.paste ? (/^\s*/.exec(text)?.[0] ?? '').slice(0, vi.column) : '';
			return insertText(vi, `\n${indent}`);
		}
		case '<Tab>':
			return insertText(
				vi,
				vi.options.expandtab && !vi.options.paste ? ' '.repeat(vi.options.tabstop - (vi.column % vi.options.tabstop)) : '\t',
			);
		case '<BS>':
			if (vi.column > 0) return replaceRange(vi, {start: {row: vi.row, column: vi.column - 1}, end: vi}, '');
			return vi.row === 0 ? vi : joinAbove(vi);
		case '<Del>':
			if (vi.column < text.length) return replaceRange(vi, {start: vi, end: {row: vi.row, column: vi.column + 1}}, '');
			return vi.row === vi.lines.length - 1 ? vi : replaceRange(vi, {start: vi, end: {row: vi.row + 1, column: 0}}, '');
		case '<C-w>': {
			const start = wordBefore(text.slice(0, vi.column));
			return replaceRange(vi, {start: {row: vi.row, column: start}, end: vi}, '');
		}
		case '<C-u>':
			return replaceRange(vi, {start: {row: vi.row, column: 0}, end: vi}, '');
		case '<C-t>':
		case '<C-d>': {
			const moved = shift(vi, vi.row, vi.row, key === '<C-t>').lines;
			const column = Math.max(0, vi.column + moved[vi.row]!.length - text.length);
			return {...vi, lines: moved, column, wanted: column};
		}
		case '<Left>':
			return goTo(vi, {row: vi.row, column: vi.column - 1});
		case '<Right>':
			return goTo(vi, {row: vi.row, column: vi.column + 1});
		case '<Up>':
			return clamp({...vi, row: vi.row - 1, column: vi.wanted});
		case '<Down>':
			return clamp({...vi, row: vi.row + 1, column: vi.wanted});
		case '<Home>':
			return goTo(vi, {row: vi.row, column: 0});
		case '<End>':
			return goTo(vi, {row: vi.row, column: text.length});
		default:
			if (key.length > 2 && key.startsWith('<')) return vi;
			return vi.mode === 'replace' && vi.column < text.length ? overwrite(vi, key) : insertText(vi, key);
	}
}

/** Where the word begins that the text ends with, blanks behind it included. Walked backwards: a pattern would try each place. */
function wordBefore(text: string): number {
	let at = text.trimEnd().length;
	const kind = isWord(text[at - 1]);
	while (at > 0 && text[at - 1]!.trim() !== '' && isWord(text[at - 1]) === kind) at--;
	return at;
}

const isWord = (character = ' '): boolean => /[\p{L}\p{N}_]/u.test(character);

function leave(vi: Vi): Vi {
	const column = Math.max(0, vi.column - 1);
	const marks = {...vi.marks, '^': {row: vi.row, column: vi.column}};
	return repeatInBlock(clamp({...vi, mode: 'normal', column, wanted: column, marks}));
}

function joinAbove(vi: Vi): Vi {
	const above = vi.row - 1;
	return replaceRange(vi, {start: {row: above, column: vi.lines[above]!.length}, end: {row: vi.row, column: 0}}, '');
}

function overwrite(vi: Vi, key: string): Vi {
	const next = replaceRange(vi, {start: vi, end: {row: vi.row, column: vi.column + 1}}, key);
	return {...next, column: vi.column + 1, wanted: vi.column + 1};
}
