import {
	changeWord,
	type Edit,
	insert,
	killBack,
	killForward,
	move,
	placeOf,
	replaceAll,
	squeeze,
	transpose,
	transposeWords,
} from './line-edits.js';
import {historyWords} from './history-words.js';
import type {Line} from './line.js';

/** What the screen does besides drawing the line. */
export type LineAction = 'submit' | 'interrupt' | 'end' | 'complete' | 'clear' | 'edit' | undefined;

export interface Key {
	/** `a`, `return`, `ctrl-a`, `alt-backspace`, `paste`. */
	readonly name: string;
	/** What it writes: a character, or a whole paste. */
	readonly text?: string;
}

export const emptyLine: Line = {text: '', cursor: 0, kills: [], undo: []};

/** One key on the line. Pure: readline's emacs mode, as far as fingers know it. */
export function editLine(line: Line, key: Key, history: readonly string[]): {line: Line; action?: LineAction} {
	if (line.search) return searchKey(line, key, history);
	if (line.last === 'chord') return chordKey(line, key, history);
	if (line.last === 'quote') return {line: insert(line, key.text || (quoted.get(key.name) ?? ''))};
	const binding = bindings[key.name];
	if (binding && Object.hasOwn(bindings, key.name)) return binding(line, history);
	const text = key.name === 'paste' ? key.text!.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '') : key.text;
	return text && !key.name.startsWith('alt-') ? {line: type(line, text)} : {line};
}

/** Letters typed in a row are undone as one. */
function type(line: Line, text: string): Line {
	const next = insert(line, text);
	const joins = line.last === 'type' && /^\S$/u.test(text);
	return {...next, undo: joins ? line.undo : next.undo, last: 'type'};
}

/** ctrl-v: the key itself. */
const quoted: ReadonlyMap<string, string> = new Map([
	['tab', '\t'],
	['return', '\n'],
	['escape', '\u001b'],
]);

type Binding = (line: Line, history: readonly string[]) => {line: Line; action?: LineAction};
const edit =
	(change: Edit): Binding =>
	line => ({line: change(line)});
const eraseBack: Edit = line => replaceAll(line, placeOf(line, 'left'), line.cursor, '');
const act =
	(action: LineAction): Binding =>
	line => ({line: {...line, last: undefined}, action});

const endOrDelete: Binding = line =>
	line.text === '' ? {line, action: 'end'} : {line: replaceAll(line, line.cursor, placeOf(line, 'right'), '')};
const up: Binding = (line, history) => ({line: recall(line, history, -1)});
const down: Binding = (line, history) => ({line: recall(line, history, 1)});
const search =
	(forwards: boolean): Binding =>
	line => ({line: {...line, search: {query: '', forwards}, ...(line.historyAt === undefined && {draft: line.text})}});
/** The last word of the command before; again: of the one before that. */
const lastArgument: Binding = (line, history) => {
	const again = line.last === 'argument' && line.argument;
	const at = (again ? again.at : history.length) - 1;
	const entry = history[at];
	const word = entry === undefined ? undefined : historyWords(entry).at(-1);
	if (word === undefined) return {line};
	const start = again ? line.cursor - again.length : line.cursor;
	return {line: {...replaceAll(line, start, line.cursor, word), last: 'argument', argument: {at, length: word.length}}};
};
const ends =
	(first: boolean): Binding =>
	(line, history) => ({line: recallAt(line, history, first ? 0 : history.length)});
const undo: Binding = line => {
	const last = line.undo.at(-1);
	return {line: last ? {...line, ...last, undo: line.undo.slice(0, -1)} : line};
};
const yank: Binding = line => (line.kills.length === 0 ? {line} : {line: {...insert(line, line.kills.at(-1)!), last: 'yank'}});
/** Puts the kill before the last in place of the one just yanked. */
const yankPop: Binding = line => {
	if (line.last !== 'yank' || line.kills.length < 2) return {line};
	const kills = [line.kills.at(-1)!, ...line.kills.slice(0, -1)];
	const start = line.cursor - line.kills.at(-1)!.length;
	return {line: {...replaceAll({...line, kills}, start, line.cursor, kills.at(-1)!), last: 'yank'}};
};

const bindings: Readonly<Record<string, Binding>> = {
	return: act('submit'),
	'ctrl-c': act('interrupt'),
	'ctrl-d': endOrDelete,
	'ctrl-l': act('clear'),
	tab: act('complete'),
	'ctrl-i': act('complete'),
	'ctrl-a': edit(line => move(line, 'lineStart')),
	home: edit(line => move(line, 'lineStart')),
	'ctrl-e': edit(line => move(line, 'lineEnd')),
	end: edit(line => move(line, 'lineEnd')),
	'ctrl-b': edit(line => move(line, 'left')),
	left: edit(line => move(line, 'left')),
	'ctrl-f': edit(line => move(line, 'right')),
	right: edit(line => move(line, 'right')),
	'alt-b': edit(line => move(line, 'wordLeft')),
	'ctrl-left': edit(line => move(line, 'wordLeft')),
	'alt-f': edit(line => move(line, 'wordRight')),
	'alt-left': edit(line => move(line, 'wordLeft')),
	'alt-right': edit(line => move(line, 'wordRight')),
	'ctrl-right': edit(line => move(line, 'wordRight')),
	backspace: edit(eraseBack),
	'ctrl-h': edit(eraseBack),
	delete: edit(line => replaceAll(line, line.cursor, placeOf(line, 'right'), '')),
	'ctrl-k': edit(line => killForward(line, 'lineEnd')),
	'ctrl-u': edit(line => killBack(line, 'lineStart')),
	'ctrl-w': edit(line => killBack(line, 'blankLeft')),
	'alt-backspace': edit(line => killBack(line, 'wordLeft')),
	'ctrl-backspace': edit(line => killBack(line, 'wordLeft')),
	'alt-d': edit(line => killForward(line, 'wordRight')),
	'ctrl-delete': edit(line => killForward(line, 'wordRight')),
	'alt-u': edit(line => changeWord(line, text => text.toUpperCase())),
	'alt-l': edit(line => changeWord(line, text => text.toLowerCase())),
	'alt-c': edit(line => changeWord(line, text => text.replace(/[\p{L}\p{N}]/u, letter => letter.toUpperCase()))),
	'alt-t': edit(transposeWords),
	'alt-\\': edit(squeeze),
	'ctrl-t': edit(transpose),
	'alt-.': lastArgument,
	'alt-_': lastArgument,
	'alt-<': ends(true),
	'alt->': ends(false),
	'alt-#': line => ({line: replaceAll({...line, cursor: 0}, 0, 0, '#'), action: 'submit'}),
	'alt-r': line => ({line: line.undo[0] ? {...line, ...line.undo[0], undo: []} : line}),
	'alt-return': edit(line => insert(line, '\n')),
	'ctrl-v': line => ({line: {...line, last: 'quote'}}),
	'ctrl-y': yank,
	'alt-y': yankPop,
	'ctrl-_': undo,
	'ctrl-p': up,
	up,
	'ctrl-n': down,
	down,
	'ctrl-r': search(false),
	'ctrl-s': search(true),
	'ctrl-x': line => ({line: {...line, last: 'chord'}}),
};

/** ctrl-x and one more. */
const chords: Readonly<Record<string, Binding>> = {
	'ctrl-e': act('edit'),
	'ctrl-u': undo,
	backspace: edit(line => killBack(line, 'lineStart')),
};

function chordKey(line: Line, key: Key, history: readonly string[]): {line: Line; action?: LineAction} {
	const rest = {...line, last: undefined};
	return Object.hasOwn(chords, key.name) ? chords[key.name]!(rest, history) : {line: rest};
}

/** Keys that are the line's own just now, whatever else they may mean: in a search, behind ctrl-x, among letters. */
export function claims({search, last, text}: Line, key: string): boolean {
	if (search) return ['ctrl-g', 'escape', 'ctrl-c'].includes(key);
	return last === 'chord' || (key === 'ctrl-t' && text !== '');
}

/** Within a line of several rows the arrows first move between the rows. */
function recall(line: Line, history: readonly string[], step: -1 | 1): Line {
	const row = move(line, step < 0 ? 'up' : 'down');
	if (row.cursor !== line.cursor) return row;
	const at = (line.historyAt ?? history.length) + step;
	if (at < 0 || at > history.length || (line.historyAt === undefined && step > 0)) return line;
	return recallAt(line, history, at);
}

function recallAt(line: Line, history: readonly string[], at: number): Line {
	const draft = line.historyAt === undefined ? line.text : (line.draft ?? '');
	const text = at === history.length ? draft : history[at]!;
	return {...line, text, cursor: text.length, historyAt: at === history.length ? undefined : at, draft, last: undefined};
}

function searchKey(line: Line, key: Key, history: readonly string[]): {line: Line; action?: LineAction} {
	const {query, at, forwards = false} = line.search!;
	/** From an entry on, that one included. */
	const find = (text: string, from: number, onwards: boolean): Line => {
		const holds = (entry: string) => text !== '' && entry.includes(text);
		const ahead = history.slice(Math.max(0, from)).findIndex(holds);
		const found = onwards ? (ahead < 0 ? -1 : Math.max(0, from) + ahead) : history.slice(0, from + 1).findLastIndex(holds);
		const search = {query: text, at: found < 0 ? at : found, forwards: onwards, failed: text !== '' && found < 0};
		const entry = history[found];
		return entry === undefined ? {...line, search} : {...line, text: entry, cursor: entry.indexOf(text), search, historyAt: found};
	};
	const newest = history.length - 1;
	if (key.name === 'ctrl-r') return {line: find(query || lastSearch(line), query ? (at ?? history.length) - 1 : newest, false)};
	if (key.name === 'ctrl-s') return {line: find(query || lastSearch(line), query ? (at ?? -1) + 1 : 0, true)};
	if (key.name === 'ctrl-g' || key.name === 'ctrl-c')
		return {line: {...line, text: line.draft ?? '', cursor: (line.draft ?? '').length, historyAt: undefined, search: undefined}};
	if (key.name === 'backspace' || key.name === 'ctrl-h') return {line: find(query.slice(0, -1), forwards ? 0 : newest, forwards)};
	if (key.text && !key.name.startsWith('alt-')) return {line: find(query + key.text, at ?? (forwards ? 0 : newest), forwards)};
	const searched = {...line, search: undefined, ...(query && {searched: query})};
	if (key.name === 'escape') return {line: searched};
	// Any other key takes what was found and acts on it.
	return editLine(searched, key, history);
}

/** ctrl-r twice: what was searched the last time. */
const lastSearch = ({searched}: Line) => searched ?? '';

/** What stands before the line while searching. */
export const searchPrompt = ({search}: Line): string | undefined =>
	search && `(${search.failed ? 'failed ' : ''}${search.forwards ? '' : 'reverse-'}i-search)\`${search.query}': `;
