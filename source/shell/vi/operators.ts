import {removeRange, replaceRange, shift, textIn} from './change.js';
import {recased} from './recase.js';
import {remember, type Vi} from './state.js';
import type {Range} from './text-objects.js';
import {askShellCommand} from './shell-command.js';
import {keep} from './registers.js';

/** What an operator does to a range. */
export function operate(vi: Vi, operator: string, range: Range, registerName: string): Vi {
	if (operator === '!') return askShellCommand(vi, range.start.row, range.end.row);
	const register = textIn(vi, range);
	const count = range.end.row - range.start.row + 1;
	if (operator === 'y') {
		const yanked = keep(vi, register, registerName, true);
		const at = range.lines ? {row: range.start.row, column: vi.row === range.start.row ? vi.column : vi.column} : range.start;
		return {...yanked, ...at, wanted: at.column, message: range.lines && count > 2 ? `${count} lines yanked` : ''};
	}

	const before = remember(vi);
	if (operator === '>' || operator === '<')
		return {
			...shift(before, range.start.row, range.end.row, operator === '>'),
			message: count > 2 ? `${count} lines ${operator}ed 1 time` : '',
		};
	if (operator === '~' || operator === 'u' || operator === 'U')
		return {...recase(before, range, operator), row: range.start.row, column: range.start.column};
	const kept = keep(before, register, registerName, false);
	if (operator === 'd') return {...removeRange(kept, range), message: range.lines && count > 2 ? `${count} fewer lines` : ''};
	// `c` on whole lines leaves one, with its indent when that is wanted.
	if (!range.lines) return {...replaceRange(kept, range, ''), mode: 'insert'};
	const indent = vi.options.autoindent ? (/^\s*/.exec(vi.lines[range.start.row]!)?.[0] ?? '') : '';
	const lines = [...kept.lines.slice(0, range.start.row), indent, ...kept.lines.slice(range.end.row + 1)];
	return {...kept, lines, row: range.start.row, column: indent.length, wanted: indent.length, mode: 'insert'};
}

function recase(vi: Vi, range: Range, operator: string): Vi {
	const changed = recased(textIn(vi, range).text, operator);
	const whole: Range = range.lines
		? {start: {row: range.start.row, column: 0}, end: {row: range.end.row, column: vi.lines[range.end.row]!.length}}
		: range;
	return replaceRange(vi, whole, changed);
}
