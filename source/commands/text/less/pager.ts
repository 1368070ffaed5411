import type {Machine} from '../../../node/host/machine.js';
import type {Effect, Io} from '../../../shell/command.js';
import {plainOf, shownOf, type Text} from './lines.js';
import type {LessOptions} from './options.js';
import {rowsOf} from './row.js';
import {type Search, matchesIn} from './search.js';

/** One row of the text: a line, and which of the rows it is folded into. */
export interface Place {
	readonly line: number;
	readonly row: number;
}

export const beginning: Place = {line: 0, row: 0};

/** What is waited for on the way: more of a pipe, a key, another command. */
export type Steps<T = void> = Generator<Effect, T, any>;

/** One less at work. It lives as long as its command does; the functions below move it. */
export interface Pager {
	readonly io: Io<Machine>;
	/** Files, `-` being standard input. */
	readonly names: string[];
	/** Of each file, from when it was looked at first: what was read, and where one was. */
	readonly texts: Map<number, {readonly text: Text; top: Place}>;
	file: number;
	text: Text;
	options: LessOptions;
	columns: number;
	rows: number;
	top: Place;
	shift: number;
	/** How far d and u go, once it was said. */
	half: number | undefined;
	/** All of the screen was drawn: what is behind a short text is `~`. */
	painted: boolean;
	/** Nothing was done yet with this file: the prompt names it. */
	isNew: boolean;
	/** Stands in place of the prompt until a key is pressed. */
	message: string | undefined;
	/** A line that is typed behind a sign. */
	typing: {readonly sign: string; text: string} | undefined;
	/** Keys of a command that is not complete. */
	pending: string;
	search: Search | undefined;
	highlights: boolean;
	filter: Search | undefined;
	readonly marks: Map<string, {readonly file: number; readonly top: Place}>;
	/** Rows that the screen has moved on since it was drawn; undefined: it is drawn anew. */
	scrolled: number | undefined;
	/** Reads more of a pipe, until there is some or the learner is tired of waiting. */
	more: () => Steps;
	/** Keys that were pressed while it waited for a pipe. */
	readonly ahead: string[];
	/** Patterns and commands that were typed, by their signs. */
	readonly typed: Map<string, string[]>;
	readonly isHelp: boolean;
	/** The rows on the screen; undefined: nothing was drawn yet. */
	drawn: readonly string[] | undefined;
	/** What has changed is shown when the message has gone. */
	frozen: boolean;
	/** Lines that had come when it last showed that it waits. */
	waitsWith?: number;
	/** Lines that are shown, for as many as were read. */
	shown: {readonly of: unknown; readonly length: number; readonly numbers: number[] | undefined} | undefined;
}

export const heightOf = ({rows}: Pager): number => Math.max(1, rows - 1);

export function* need(pager: Pager, lines: number): Steps {
	while (pager.text.open && pager.text.lines.length < lines) yield* pager.more();
}

function numbersOf(pager: Pager): number[] | undefined {
	const {text, options, filter, shown} = pager;
	const {length} = text.lines;
	if (shown?.of === (filter ?? options.on) && shown.length === length) return shown.numbers;
	const numbers = shownOf(text, options, filter && (line => matchesIn(plainOf(line, options), filter).length > 0 !== filter.inverted));
	pager.shown = {of: filter ?? options.on, length, numbers};
	return numbers;
}

/** The next line that is shown, or the one before; from itself on with `step` 0. */
function lineBeside(pager: Pager, line: number, step: -1 | 0 | 1): number | undefined {
	const numbers = numbersOf(pager);
	const {length} = pager.text.lines;
	if (!numbers) return line + step >= 0 && line + step < length ? line + step : undefined;
	let [low, high] = [0, numbers.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (numbers[middle]! < line + Math.max(0, step)) low = middle + 1;
		else high = middle;
	}
	return numbers[step < 0 ? low - 1 : low];
}

/** Not hidden by `&` or `-s`. */
export const isShown = (pager: Pager, line: number): boolean => lineBeside(pager, line, 0) === line;

export const gutterOf = ({options}: Pager, line: number): string => (options.on.has('N') ? `${String(line + 1).padStart(7)} ` : '');

export function drawnRows(pager: Pager, line: number): string[] {
	const {text, options, columns, shift, search, highlights} = pager;
	const content = text.lines[line]!;
	const marked = highlights && search && !options.on.has('G') ? matchesIn(plainOf(content, options), search) : undefined;
	return rowsOf(content, {options, columns, shift, gutter: gutterOf(pager, line), ...(marked && {marked})});
}

function countOf(pager: Pager, line: number): number {
	const {text, options, columns, shift} = pager;
	if (options.on.has('S') || shift > 0) return 1;
	return rowsOf(text.lines[line]!, {options, columns, shift, gutter: gutterOf(pager, line)}).length;
}

export function after(pager: Pager, {line, row}: Place): Place | undefined {
	if (row + 1 < countOf(pager, line)) return {line, row: row + 1};
	const next = lineBeside(pager, line, 1);
	return next === undefined ? undefined : {line: next, row: 0};
}

export function before(pager: Pager, {line, row}: Place): Place | undefined {
	if (row > 0) return {line, row: row - 1};
	const next = lineBeside(pager, line, -1);
	return next === undefined ? undefined : {line: next, row: countOf(pager, next) - 1};
}

/** The places on the screen, from its first row down; fewer than it has room for at the end of the text. */
export function placesOf(pager: Pager): Place[] {
	const places: Place[] = [];
	const first = lineBeside(pager, pager.top.line, 0);
	let place: Place | undefined = first === undefined ? undefined : first === pager.top.line ? pager.top : {line: first, row: 0};
	if (place && place.row >= countOf(pager, place.line)) place = {line: place.line, row: 0};
	for (; place && places.length < heightOf(pager); place = after(pager, place)) places.push(place);
	return places;
}

/** Nothing of the text stands below the screen. */
export function isAtEnd(pager: Pager): boolean {
	const last = placesOf(pager).at(-1);
	return !pager.text.open && (last === undefined || after(pager, last) === undefined);
}

/** `past`: also beyond the end, until its last row is the first of the screen. */
export function* forward(pager: Pager, rows: number, past = false): Steps {
	yield* need(pager, pager.top.line + rows + pager.rows + 1);
	const places = placesOf(pager);
	let last = places.at(-1);
	let moved = 0;
	for (; last && moved < rows; moved++) {
		yield* need(pager, last.line + 2);
		const next: Place | undefined = after(pager, last);
		if (!next && !past) break;
		places.push(...(next ? [next] : []));
		last = next ?? last;
		const top: Place | undefined = after(pager, pager.top);
		if (!top) break;
		pager.top = top;
	}
	if (moved > 0) pager.painted = true;
	pager.scrolled = pager.scrolled === undefined ? undefined : pager.scrolled + moved;
}

export function backward(pager: Pager, rows: number): void {
	for (let moved = 0; moved < rows; moved++) {
		const top = before(pager, pager.top);
		if (!top) break;
		pager.top = top;
	}
	redraw(pager);
}

export function redraw(pager: Pager): void {
	pager.painted = true;
	pager.scrolled = undefined;
}

/** The last row of the text at the foot of the screen. */
export function* toEnd(pager: Pager): Steps {
	yield* need(pager, Number.POSITIVE_INFINITY);
	const last = lineBeside(pager, pager.text.lines.length, -1);
	if (last === undefined) return;
	pager.top = {line: last, row: countOf(pager, last) - 1};
	backward(pager, heightOf(pager) - 1);
}

/** A line at the top of the screen, or where `-j` wants it. */
export function* toLine(pager: Pager, line: number): Steps {
	yield* need(pager, line + pager.rows + 1);
	if (line >= pager.text.lines.length && line > 0) pager.message = `Cannot seek to line number ${line + 1}`;
	if (pager.message !== undefined) return redraw(pager);
	const there = lineBeside(pager, Math.min(line, pager.text.lines.length - 1), 0);
	if (there === undefined) return;
	pager.top = {line: there, row: 0};
	backward(pager, pager.options.target - 1);
}
