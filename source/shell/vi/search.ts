import {BoundedRegExp} from '../../regex/bounded.js';
import type {Search, Target, Vi} from './state.js';

/** Every match in one line. */
export const findAll = (expression: RegExp, text: string): Array<{start: number; end: number}> =>
	[...text.matchAll(expression)].map(match => ({start: match.index, end: match.index + Math.max(1, match[0].length)}));

const patternMax = 5000;

/**
 * A vim pattern as a regular expression; undefined when it is none. `\<`, `\>`, `\+`, `\|`, `\(`, `\{2,3}`, `\c`; a bare `+` or `|` is
 * itself, unless the pattern is very magic (`\v`).
 */
export function toExpression(pattern: string, ignoreCase: boolean): RegExp | undefined {
	// E339: Pattern too long
	if (pattern.length > patternMax) return undefined;
	const folded = (ignoreCase || /\\c/.test(pattern)) && !/\\C/.test(pattern);
	const magic = /\\v/.test(pattern);
	const signs = '+?|(){=<>';
	const sign = (each: string) => ('<>'.includes(each) ? '\\b' : each === '=' ? '?' : each);
	const source = pattern
		.replaceAll(/\\[cCvm]/g, '')
		.replaceAll(/\\?\{(-?)(\d*)(,?)(\d*)\\?\}/g, (whole, least: string, from: string, comma: string, to: string) => {
			if (whole.startsWith('\\') === magic) return whole;
			const many = from + comma + to === '' || from + comma + to === ',' ? '*' : `${quantified}${from || '0'}${comma}${to}${ends}`;
			return many + (least ? '?' : '');
		})
		.replaceAll(/\\(.)|([+?|(){}=<>])/g, (_, escaped?: string, bare?: string) => {
			if (bare !== undefined) return magic && signs.includes(bare) ? sign(bare) : '=<>'.includes(bare) ? bare : `\\${bare}`;
			if (magic) return `\\${escaped}`;
			return signs.includes(escaped!) || escaped === '}' ? sign(escaped!) : `\\${escaped}`;
		})
		.replaceAll(quantified, '{')
		.replaceAll(ends, '}')
		.replaceAll('~', '\\~');
	try {
		return new BoundedRegExp(source, folded ? 'gi' : 'g');
	} catch {
		return undefined;
	}
}

/** For braces that count, until the others are escaped. */
const quantified = '\u0001';
const ends = '\u0002';

/** The n-th match from the cursor, round the end of the file. */
export function nextMatch(vi: Vi, {pattern, offset = ''}: Omit<Search, 'forward'>, forward: boolean, count = 1): Target | undefined {
	const expression = toExpression(pattern, vi.options.ignorecase);
	if (!expression) return undefined;
	const all = vi.lines.flatMap((text, row) => findAll(expression, text).map(match => beside(vi, {row, ...match}, offset)));
	if (all.length === 0) return undefined;
	const after = all.findIndex(({row, column}) => row > vi.row || (row === vi.row && column > vi.column));
	const before = all.findLastIndex(({row, column}) => row < vi.row || (row === vi.row && column < vi.column));
	const first = forward ? Math.max(0, after) : before < 0 ? all.length - 1 : before;
	const wrapped = forward ? after < 0 : before < 0;
	const index = (((first + (forward ? count - 1 : 1 - count)) % all.length) + all.length) % all.length;
	const sign = forward ? '/' : '?';
	const message = wrapped
		? `search hit ${forward ? 'BOTTOM' : 'TOP'}, continuing at ${forward ? 'TOP' : 'BOTTOM'}`
		: `${sign}${pattern}${offset && sign + offset}`;
	return {...all[index]!, message};
}

/** `/x/e-1`, `?x?s+2`: so many characters from the match's end or start; `/x/+1`: so many lines below it. */
function beside(vi: Vi, {row, start, end}: {row: number; start: number; end: number}, offset: string): Target {
	const [, from = '', sign = '', digits] = /^([esb]?)([-+]?)(\d*)$/.exec(offset) ?? [];
	const by = (sign === '-' ? -1 : 1) * (digits ? Number(digits) : sign ? 1 : 0);
	if (offset === '') return {row, column: start};
	const inside = (at: number, length: number) => Math.max(0, Math.min(at, length - 1));
	if (from === '') return {row: inside(row + by, vi.lines.length), column: 0, lines: true};
	return {row, column: inside((from === 'e' ? end - 1 : start) + by, vi.lines[row]!.length), inclusive: from === 'e'};
}
