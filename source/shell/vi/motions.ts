import {findAll, nextMatch} from './search.js';
import type {Position, Vi, Target} from './state.js';

/** Reads a motion off the keys: how many keys it takes, and how to follow it. `incomplete`: more keys are needed. */
export interface Motion {
	readonly length: number;
	go(vi: Vi, count: number | undefined): Target | undefined;
}

export function readMotion(keys: readonly string[]): Motion | 'incomplete' | undefined {
	const [key, next] = keys;
	if (key === undefined) return 'incomplete';
	if (key === 'g') {
		if (next === undefined) return 'incomplete';
		const go =
			next === 'g' ? gg : next === '_' ? lastNonBlank : next === 'j' ? down : next === 'k' ? up : next === 'e' ? wordEndBack : undefined;
		return go && {length: 2, go};
	}

	if ('fFtT'.includes(key) && key.length === 1)
		return next === undefined ? 'incomplete' : {length: 2, go: (vi, count) => findCharacter(vi, key, next, count ?? 1)};
	if ((key === "'" || key === '`') && next === undefined) return 'incomplete';
	if (key === "'" || key === '`') return {length: 2, go: vi => mark(vi, key, next!)};
	const go = Object.hasOwn(motions, key) ? motions[key] : undefined;
	return go && {length: 1, go};
}

type Go = Motion['go'];

const line = (vi: Vi, row = vi.row) => vi.lines[row] ?? '';
const firstNonBlank = (text: string) => Math.max(0, text.search(/\S/));
const atLine = (vi: Vi, row: number): Target | undefined =>
	row < 0 || row >= vi.lines.length ? undefined : {row, column: firstNonBlank(line(vi, row)), lines: true};

const left: Go = (vi, count = 1) => (vi.column === 0 ? undefined : {row: vi.row, column: Math.max(0, vi.column - count)});
const right: Go = (vi, count = 1) => ({row: vi.row, column: Math.min(line(vi).length, vi.column + count)});
const vertical = (vi: Vi, row: number): Target | undefined => {
	const at = Math.max(0, Math.min(vi.lines.length - 1, row));
	return at === vi.row ? undefined : {row: at, column: vi.wanted, lines: true, keepsWanted: true};
};
const down: Go = (vi, count = 1) => vertical(vi, vi.row + count);
const up: Go = (vi, count = 1) => vertical(vi, vi.row - count);
const gg: Go = (vi, count = 1) => atLine(vi, Math.min(count, vi.lines.length) - 1);
const G: Go = (vi, count = vi.lines.length) => atLine(vi, Math.min(count, vi.lines.length) - 1);
const lastNonBlank: Go = vi => ({row: vi.row, column: Math.max(0, line(vi).trimEnd().length - 1), inclusive: true});

const classOf = (character: string | undefined, big: boolean) =>
	character === undefined || /\s/.test(character) ? 0 : big || /[\p{L}\p{N}_]/u.test(character) ? 1 : 2;

/** Start of the next word; an empty line is a word, too. */
function wordForward(vi: Vi, big: boolean): Position {
	let {row, column} = vi;
	let text = line(vi, row);
	const start = classOf(text[column], big);
	while (column < text.length && start !== 0 && classOf(text[column], big) === start) column++;
	for (;;) {
		while (column < text.length && classOf(text[column], big) === 0) column++;
		if (column < text.length || row === vi.lines.length - 1) return {row, column};
		row++;
		column = 0;
		text = line(vi, row);
		if (text === '') return {row, column};
	}
}

function wordEnd(vi: Vi, big: boolean): Position {
	let {row, column} = vi;
	let text = line(vi, row);
	column++;
	for (;;) {
		while (column < text.length && classOf(text[column], big) === 0) column++;
		if (column < text.length) break;
		if (row === vi.lines.length - 1) return {row, column: Math.max(0, text.length - 1)};
		row++;
		column = 0;
		text = line(vi, row);
	}

	const kind = classOf(text[column], big);
	while (column + 1 < text.length && classOf(text[column + 1], big) === kind) column++;
	return {row, column};
}

function wordBack(vi: Vi, big: boolean): Position {
	let {row, column} = vi;
	let text = line(vi, row);
	column--;
	for (;;) {
		while (column >= 0 && classOf(text[column], big) === 0) column--;
		if (column >= 0) break;
		if (row === 0) return {row: 0, column: 0};
		row--;
		text = line(vi, row);
		column = text.length - 1;
		if (text === '') return {row, column: 0};
	}

	const kind = classOf(text[column], big);
	while (column > 0 && classOf(text[column - 1], big) === kind) column--;
	return {row, column};
}

/** `ge`: the end of the word before. */
function endBefore(vi: Vi): Position {
	let {row, column} = vi;
	const kind = classOf(line(vi, row)[column], false);
	column--;
	if (kind !== 0) while (column >= 0 && classOf(line(vi, row)[column], false) === kind) column--;
	for (;;) {
		while (column >= 0 && classOf(line(vi, row)[column], false) === 0) column--;
		if (column >= 0 || row === 0) return {row, column: Math.max(0, column)};
		row--;
		column = line(vi, row).length - 1;
		if (column < 0) return {row, column: 0};
	}
}

const repeat =
	(step: (vi: Vi) => Position, inclusive = false): Go =>
	(vi, count = 1) => {
		let at: Vi = vi;
		for (let turn = 0; turn < Math.min(count, 10_000); turn++) at = {...at, ...step(at)};
		return {row: at.row, column: at.column, inclusive};
	};

const wordEndBack = repeat(endBefore, true);

function findCharacter(vi: Vi, key: string, character: string, count: number): Target | undefined {
	const text = line(vi);
	const forward = key === 'f' || key === 't';
	let at = vi.column;
	for (let turn = 0; turn < count; turn++) {
		at = forward ? text.indexOf(character, at + 1) : at === 0 ? -1 : text.lastIndexOf(character, at - 1);
		if (at < 0) return undefined;
	}

	return {row: vi.row, column: key === 't' ? at - 1 : key === 'T' ? at + 1 : at, inclusive: forward};
}

const again =
	(reverse: boolean): Go =>
	(vi, count = 1) => {
		if (!vi.find) return undefined;
		const {key, character} = vi.find;
		const flipped = key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase();
		return findCharacter(vi, reverse ? flipped : key, character, count);
	};

const search =
	(reverse: boolean): Go =>
	(vi, count = 1) => {
		if (!vi.search) return undefined;
		const forward = vi.search.forward !== reverse;
		return nextMatch(vi, vi.search, forward, count);
	};

/** `*` and `#`: the word under the cursor, as a whole. */
export function wordUnderCursor(vi: Vi): string | undefined {
	const found = findAll(/[\p{L}\p{N}_]+/gu, line(vi)).find(({end}) => end > vi.column);
	return found && line(vi).slice(found.start, found.end);
}

function mark(vi: Vi, key: string, name: string): Target | undefined {
	const at = vi.marks[name];
	if (!at) return undefined;
	return key === "'" ? atLine(vi, at.row) : {...at};
}

const pairs: Readonly<Record<string, string>> = {'(': ')', '[': ']', '{': '}'};

function matchingBracket(vi: Vi): Target | undefined {
	const start = [...line(vi)].findIndex((character, index) => index >= vi.column && '()[]{}'.includes(character));
	if (start < 0) return undefined;
	const open = line(vi)[start]!;
	const forward = Object.hasOwn(pairs, open);
	const close = forward ? pairs[open]! : Object.keys(pairs).find(key => pairs[key] === open)!;
	let depth = 0;
	for (let row = vi.row, column = start; row >= 0 && row < vi.lines.length; ) {
		const character = line(vi, row)[column];
		if (character === open) depth++;
		else if (character === close && --depth === 0) return {row, column, inclusive: true};
		column += forward ? 1 : -1;
		if (column < 0 || column >= line(vi, row).length) {
			row += forward ? 1 : -1;
			column = forward ? 0 : Math.max(0, line(vi, row).length - 1);
		}
	}

	return undefined;
}

const paragraph =
	(step: 1 | -1): Go =>
	(vi, count = 1) => {
		let {row} = vi;
		for (let turn = 0; turn < count; turn++) {
			row += step;
			while (row > 0 && row < vi.lines.length - 1 && line(vi, row) !== '') row += step;
		}

		row = Math.max(0, Math.min(vi.lines.length - 1, row));
		return {row, column: step > 0 && row === vi.lines.length - 1 ? line(vi, row).length : 0};
	};

const motions: Readonly<Record<string, Go>> = {
	h: left,
	'<Left>': left,
	'<BS>': left,
	l: right,
	' ': right,
	'<Right>': right,
	j: down,
	'<Down>': down,
	'<C-n>': down,
	k: up,
	'<Up>': up,
	'<C-p>': up,
	'0': vi => ({row: vi.row, column: 0}),
	'<Home>': vi => ({row: vi.row, column: 0}),
	'|': (vi, count) => ({row: vi.row, column: Math.max(0, Math.min(line(vi).length - 1, (count ?? 1) - 1))}),
	'^': vi => ({row: vi.row, column: firstNonBlank(line(vi))}),
	$: (vi, count = 1) => {
		const row = Math.min(vi.lines.length - 1, vi.row + count - 1);
		return {row, column: Math.max(0, line(vi, row).length - 1), inclusive: line(vi, row) !== ''};
	},
	'<End>': vi => ({row: vi.row, column: Math.max(0, line(vi).length - 1), inclusive: line(vi) !== ''}),
	w: repeat(vi => wordForward(vi, false)),
	W: repeat(vi => wordForward(vi, true)),
	e: repeat(vi => wordEnd(vi, false), true),
	E: repeat(vi => wordEnd(vi, true), true),
	b: repeat(vi => wordBack(vi, false)),
	B: repeat(vi => wordBack(vi, true)),
	G,
	H: vi => atLine(vi, vi.top),
	M: vi => atLine(vi, vi.top + Math.floor((Math.min(vi.lines.length - vi.top, vi.rows) - 1) / 2)),
	L: vi => atLine(vi, Math.min(vi.lines.length - 1, vi.top + vi.rows - 1)),
	'+': (vi, count = 1) => atLine(vi, vi.row + count),
	'<CR>': (vi, count = 1) => atLine(vi, vi.row + count),
	'-': (vi, count = 1) => atLine(vi, vi.row - count),
	'%': matchingBracket,
	'{': paragraph(-1),
	'}': paragraph(1),
	';': again(false),
	',': again(true),
	n: search(false),
	N: search(true),
};
