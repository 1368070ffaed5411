import type {Line} from './line.js';

export type Edit = (line: Line) => Line;
export type Place = 'left' | 'right' | 'wordLeft' | 'wordRight' | 'blankLeft' | 'lineStart' | 'lineEnd' | 'up' | 'down';

const undoMax = 100;
const killsMax = 20;

/** Puts `text` in place of what stands from `start` to `end`; the cursor goes behind it. */
export function replaceAll(line: Line, start: number, end: number, text: string): Line {
	const from = Math.max(0, start);
	const to = Math.min(line.text.length, end);
	if (from === to && text === '') return line;
	const undo = [...line.undo, {text: line.text, cursor: line.cursor}].slice(-undoMax);
	return {...line, text: line.text.slice(0, from) + text + line.text.slice(to), cursor: from + text.length, last: undefined, undo};
}

export const insert = (line: Line, text: string): Line => replaceAll(line, line.cursor, line.cursor, text);

export const move = (line: Line, to: Place): Line => ({...line, cursor: placeOf(line, to), last: undefined});

/** Cuts to a place; cuts in a row become one. */
export function killForward(line: Line, to: Place): Line {
	const end = placeOf(line, to);
	return cut(line, line.cursor, end === line.cursor && line.text[end] === '\n' ? end + 1 : end, (old, text) => old + text);
}

export const killBack = (line: Line, to: Place): Line => cut(line, placeOf(line, to), line.cursor, (old, text) => text + old);

function cut(line: Line, start: number, end: number, join: (old: string, text: string) => string): Line {
	if (start >= end) return line;
	const text = line.text.slice(start, end);
	const kills =
		line.last === 'kill' ? [...line.kills.slice(0, -1), join(line.kills.at(-1) ?? '', text)] : [...line.kills, text].slice(-killsMax);
	return {...replaceAll(line, start, end, ''), kills, last: 'kill'};
}

/** ctrl-t: swaps the characters around the cursor. */
export function transpose(line: Line): Line {
	const at = line.cursor === line.text.length ? line.cursor - 1 : line.cursor;
	if (at < 1) return line;
	return replaceAll(line, at - 1, at + 1, line.text[at]! + line.text[at - 1]!);
}

/** alt-t: swaps the word at the cursor with the one before it. */
export function transposeWords(line: Line): Line {
	const end = placeOf(line, 'wordRight');
	const start = placeOf({...line, cursor: end}, 'wordLeft');
	const before = placeOf({...line, cursor: start}, 'wordLeft');
	const beforeEnd = placeOf({...line, cursor: before}, 'wordRight');
	if (beforeEnd > start || before === start) return line;
	const {text} = line;
	return replaceAll(line, before, end, text.slice(start, end) + text.slice(beforeEnd, start) + text.slice(before, beforeEnd));
}

/** alt-u, alt-l, alt-c: from the cursor to the end of the word. */
export function changeWord(line: Line, change: (text: string) => string): Line {
	const end = placeOf(line, 'wordRight');
	return replaceAll(line, line.cursor, end, change(line.text.slice(line.cursor, end)));
}

/** alt-\\: no blanks around the cursor. */
export function squeeze(line: Line): Line {
	const before = /[ \t]*$/.exec(line.text.slice(0, line.cursor))![0].length;
	const after = /^[ \t]*/.exec(line.text.slice(line.cursor))![0].length;
	return replaceAll(line, line.cursor - before, line.cursor + after, '');
}

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

export function placeOf({text, cursor}: Line, to: Place): number {
	const lineStart = text.lastIndexOf('\n', cursor - 1) + 1;
	const newline = text.indexOf('\n', cursor);
	const lineEnd = newline < 0 ? text.length : newline;
	let at = cursor;
	switch (to) {
		case 'left':
			return Math.max(0, cursor - (/[\udc00-\udfff]/.test(text[cursor - 1] ?? '') ? 2 : 1));
		case 'right':
			return Math.min(text.length, cursor + (/[\ud800-\udbff]/.test(text[cursor] ?? '') ? 2 : 1));
		case 'wordLeft':
			while (at > 0 && !isWord(text[at - 1])) at--;
			while (at > 0 && isWord(text[at - 1])) at--;
			return at;
		case 'wordRight':
			while (at < text.length && !isWord(text[at])) at++;
			while (at < text.length && isWord(text[at])) at++;
			return at;
		case 'blankLeft':
			while (at > 0 && /\s/.test(text[at - 1]!)) at--;
			while (at > 0 && !/\s/.test(text[at - 1]!)) at--;
			return at;
		case 'lineStart':
			return lineStart;
		case 'lineEnd':
			return lineEnd;
		case 'up': {
			if (lineStart === 0) return cursor;
			const above = text.lastIndexOf('\n', lineStart - 2) + 1;
			return Math.min(above + cursor - lineStart, lineStart - 1);
		}
		case 'down': {
			if (lineEnd === text.length) return cursor;
			const end = text.indexOf('\n', lineEnd + 1);
			return Math.min(lineEnd + 1 + cursor - lineStart, end < 0 ? text.length : end);
		}
	}
}
