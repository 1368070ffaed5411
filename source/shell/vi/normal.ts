import {operateOnBlock} from './block.js';
import {insertText, join, put, removeRange, replaceRange, textIn} from './change.js';
import {type Motion, readMotion, wordUnderCursor} from './motions.js';
import {addToNumber} from './number.js';
import {operate} from './operators.js';
import {nextMatch} from './search.js';
import {clamp, goTo, isModified, remember, textOf, type Vi, type VisualMode, type Target} from './state.js';
import {type Range, textObject} from './text-objects.js';
import {keep} from './registers.js';
import {substitute} from './substitute.js';

/** The outcome of the keys so far: wait for more, or the editor after the command. `changes`: `.` repeats it. */
export type Step = 'incomplete' | {readonly vi: Vi; readonly changes: boolean};

const operators = 'dcy><!';

/** Reads `["x] [count] command`; an operator takes another count and a motion. */
export function runNormal(vi: Vi, keys: readonly string[]): Step {
	let rest = keys;
	let register = '"';
	if (rest[0] === '"') {
		if (rest.length < 3) return 'incomplete';
		register = rest[1]!;
		rest = rest.slice(2);
	}

	const [count, afterCount] = readCount(rest);
	rest = afterCount;
	const [key] = rest;
	if (key === undefined) return 'incomplete';
	const motion = readMotion(rest);
	if (motion === 'incomplete' && key !== 'g') return 'incomplete';
	if (motion && motion !== 'incomplete') return {vi: follow(vi, motion.go(vi, count), rest), changes: false};
	if (key === 'g' && rest[1] === undefined) return 'incomplete';
	if (key === 'g' && rest[1] === 'J') return {vi: join(remember(vi), count ?? 2, false), changes: true};
	if (key === 'g' && rest[1] === 'i') return {vi: clamp({...remember(vi), ...vi.marks['^'], mode: 'insert'}), changes: true};
	if (key === 'g' && rest[1] === '&') return {vi: substitute(vi, 0, vi.lines.length - 1, '&'), changes: true};
	if (key === 'g' && rest[1] === 'v') return {vi: selectAgain(vi), changes: false};
	const operator = key === 'g' && '~uU'.includes(rest[1] ?? ' ') ? rest[1]! : operators.includes(key) && key.length === 1 ? key : undefined;
	if (operator) return runOperator(vi, operator, rest.slice(key === 'g' ? 2 : 1), count, register);
	const command = Object.hasOwn(commands, key) ? commands[key]! : undefined;
	if (!command) return {vi, changes: false};
	const taken = command.argument ? 2 : 1;
	if (rest.length < taken) return 'incomplete';
	return {vi: clamp(command.run(vi, count ?? 1, rest[1] ?? '', register, count)), changes: command.changes ?? false};
}

/** `gv` */
const selectAgain = (vi: Vi): Vi =>
	vi.lastVisual ? clamp({...vi, mode: vi.lastVisual.mode, anchor: vi.lastVisual.anchor, ...vi.lastVisual.end}) : vi;

function readCount(keys: readonly string[]): [number | undefined, readonly string[]] {
	let at = 0;
	while (/^\d$/.test(keys[at] ?? '') && !(at === 0 && keys[at] === '0')) at++;
	return [at === 0 ? undefined : Math.min(Number(keys.slice(0, at).join('')), 1_000_000), keys.slice(at)];
}

/** Moves the cursor to where a motion leads. */
export function follow(vi: Vi, target: Target | undefined, keys: readonly string[]): Vi {
	if (!target) return vi.search && 'nN'.includes(keys[0] ?? ' ') ? {...vi, message: `E486: Pattern not found: ${vi.search.pattern}`} : vi;
	const find = 'fFtT'.includes(keys[0] ?? ' ') ? {key: keys[0]!, character: keys[1]!} : vi.find;
	const moved = goTo({...vi, find, message: target.message ?? vi.message}, target);
	if (target.keepsWanted) return {...moved, wanted: vi.wanted};
	return keys[0] === '$' ? {...moved, wanted: Number.MAX_SAFE_INTEGER} : moved;
}

function runOperator(vi: Vi, operator: string, keys: readonly string[], before: number | undefined, register: string): Step {
	const [second, rest] = readCount(keys);
	const count = before === undefined && second === undefined ? undefined : (before ?? 1) * (second ?? 1);
	const [key, next] = rest;
	if (key === undefined) return 'incomplete';
	const changes = operator !== 'y' && operator !== '!';
	if (key === '/' || key === '?') {
		const searching = {operator, register, from: {row: vi.row, column: vi.column}};
		return {vi: {...commands[key]!.run(vi, 1, '', register, undefined), searching}, changes: false};
	}
	const done = (range: Range | undefined): Step => ({
		vi: range ? clamp(operate(vi, operator, range, register)) : vi,
		changes: changes && range !== undefined,
	});
	if (key === operator) return done(wholeLines(vi, vi.row, Math.min(vi.lines.length - 1, vi.row + (count ?? 1) - 1)));
	if (key === 'i' || key === 'a') return next === undefined ? 'incomplete' : done(textObject(vi, key === 'a', next));
	// `cw` leaves the blank behind the word alone: it is `ce`.
	const onWord = /\S/.test(vi.lines[vi.row]![vi.column] ?? ' ');
	const read = operator === 'c' && onWord && (key === 'w' || key === 'W') ? [key === 'w' ? 'e' : 'E'] : rest;
	const motion = readMotion(read);
	if (read !== rest && motion && motion !== 'incomplete') return done(changedWords(vi, motion, count ?? 1, read[0]!));
	if (motion === 'incomplete') return 'incomplete';
	const target = motion?.go(vi, count);
	return done(target && rangeTo(vi, target, read[0]!));
}

/** A word of one letter ends where it begins; `e` would already be at the next. */
function changedWords(vi: Vi, motion: Motion, count: number, key: string): Range {
	const text = vi.lines[vi.row]!;
	const same = key === 'E' ? /\S\S/ : /[\p{L}\p{N}_]{2}|[^\s\p{L}\p{N}_]{2}/u;
	const atEnd = !same.test(text.slice(vi.column, vi.column + 2));
	const steps = atEnd ? count - 1 : count;
	const end = steps === 0 ? {row: vi.row, column: vi.column} : motion.go(vi, steps)!;
	return {start: {row: vi.row, column: vi.column}, end: {row: end.row, column: end.column + 1}};
}

const wholeLines = (vi: Vi, first: number, last: number): Range => ({
	start: {row: first, column: 0},
	end: {row: last, column: vi.lines[last]!.length},
	lines: true,
});

/** `d/pattern` has found it. */
export function operateToMatch(vi: Vi, target: Target, {operator, register, from}: NonNullable<Vi['searching']>): Vi {
	const start: Vi = {...vi, ...from, searching: undefined};
	return clamp(operate(start, operator, rangeTo(start, target, '/'), register));
}

function rangeTo(vi: Vi, target: Target, key: string): Range {
	const forward = target.row > vi.row || (target.row === vi.row && target.column >= vi.column);
	const [start, end] = forward ? [vi, target] : [target, vi];
	if (target.lines) return wholeLines(vi, start.row, end.row);
	// `dw` on the last word of a line stops at its end.
	if ((key === 'w' || key === 'W') && end.row > start.row && end.column <= Math.max(0, vi.lines[end.row]!.search(/\S/))) {
		return {start: {row: start.row, column: start.column}, end: {row: end.row - 1, column: vi.lines[end.row - 1]!.length}};
	}

	return {start: {row: start.row, column: start.column}, end: {row: end.row, column: end.column + (target.inclusive ? 1 : 0)}};
}

interface NormalCommand {
	readonly changes?: boolean;
	/** One more key belongs to it. */
	readonly argument?: boolean;
	run(vi: Vi, count: number, argument: string, register: string, given: number | undefined): Vi;
}

const insertAt = (place: (vi: Vi) => Vi): NormalCommand => ({
	changes: true,
	run: (vi, count) => ({...place(remember(vi)), mode: 'insert', insertCount: count}),
});
const indentOf = (vi: Vi, row: number) => (vi.options.autoindent && !vi.options.paste ? (/^\s*/.exec(vi.lines[row] ?? '')?.[0] ?? '') : '');
const openLine = (vi: Vi, row: number, like: number): Vi => {
	const indent = indentOf(vi, like);
	return {...vi, lines: [...vi.lines.slice(0, row), indent, ...vi.lines.slice(row)], row, column: indent.length, wanted: indent.length};
};
const operatorTo = (operator: string, range: (vi: Vi, count: number) => Range): NormalCommand => ({
	changes: operator !== 'y',
	run: (vi, count, _, register) => operate(vi, operator, range(vi, count), register),
});
const toEnd = (vi: Vi, count: number): Range => {
	const last = Math.min(vi.lines.length - 1, vi.row + count - 1);
	return {start: {row: vi.row, column: vi.column}, end: {row: last, column: vi.lines[last]!.length}};
};
const characters = (vi: Vi, count: number): Range => ({
	start: {row: vi.row, column: vi.column},
	end: {row: vi.row, column: Math.min(vi.lines[vi.row]!.length, vi.column + count)},
});
const searchWord = (forward: boolean): NormalCommand => ({
	run(vi, count) {
		const word = wordUnderCursor(vi);
		if (!word) return vi;
		const searched = {...vi, search: {pattern: `\\<${word}\\>`, forward}};
		return follow(searched, nextMatch(searched, searched.search, forward, count), ['n']);
	},
});
const scroll = (rows: (vi: Vi) => number): NormalCommand => ({
	run(vi, count) {
		const by = rows(vi) * count;
		const row = Math.max(0, Math.min(vi.lines.length - 1, vi.row + by));
		return {...vi, row, top: Math.max(0, Math.min(vi.lines.length - 1, vi.top + by))};
	},
});

/** ctrl-q is for terminals that paste with ctrl-v. */
const visualModes: Readonly<Record<string, VisualMode>> = {v: 'visual', V: 'visualLine', '<C-v>': 'visualBlock', '<C-q>': 'visualBlock'};
const select = (mode: VisualMode): NormalCommand => ({run: vi => ({...vi, mode, anchor: {row: vi.row, column: vi.column}})});

const commands: Readonly<Record<string, NormalCommand>> = {
	i: insertAt(vi => vi),
	I: insertAt(vi => ({...vi, column: Math.max(0, vi.lines[vi.row]!.search(/\S|$/))})),
	a: insertAt(vi => ({...vi, column: Math.min(vi.lines[vi.row]!.length, vi.column + 1)})),
	A: insertAt(vi => ({...vi, column: vi.lines[vi.row]!.length})),
	o: insertAt(vi => openLine(vi, vi.row + 1, vi.row)),
	O: insertAt(vi => openLine(vi, vi.row, vi.row)),
	R: {changes: true, run: (vi, count) => ({...remember(vi), mode: 'replace', insertCount: count})},
	x: {changes: true, run: (vi, count, _, register) => (vi.lines[vi.row] === '' ? vi : operate(vi, 'd', characters(vi, count), register))},
	'<Del>': {
		changes: true,
		run: (vi, count, _, register) => (vi.lines[vi.row] === '' ? vi : operate(vi, 'd', characters(vi, count), register)),
	},
	X: {
		changes: true,
		run: (vi, count, _, register) =>
			vi.column === 0 ? vi : operate(vi, 'd', {start: {row: vi.row, column: Math.max(0, vi.column - count)}, end: vi}, register),
	},
	D: operatorTo('d', toEnd),
	C: operatorTo('c', toEnd),
	s: operatorTo('c', characters),
	S: operatorTo('c', (vi, count) => wholeLines(vi, vi.row, Math.min(vi.lines.length - 1, vi.row + count - 1))),
	Y: operatorTo('y', (vi, count) => wholeLines(vi, vi.row, Math.min(vi.lines.length - 1, vi.row + count - 1))),
	p: {changes: true, run: (vi, count, _, name) => putRegister(vi, name, false, count)},
	P: {changes: true, run: (vi, count, _, name) => putRegister(vi, name, true, count)},
	J: {changes: true, run: (vi, count) => join(remember(vi), count)},
	'&': {changes: true, run: vi => substitute(vi, vi.row, vi.row, '')},
	'=': {run: vi => ({...vi, message: 'kubelab: not simulated: ='})},
	'<C-a>': {changes: true, run: (vi, count) => addToNumber(vi, count)},
	'<C-x>': {changes: true, run: (vi, count) => addToNumber(vi, -count)},
	'~': {
		changes: true,
		run(vi, count) {
			const range = characters(vi, count);
			return {...operate(vi, '~', range, '"'), column: range.end.column};
		},
	},
	r: {
		changes: true,
		argument: true,
		run(vi, count, character) {
			if (character === '<Esc>' || vi.column + count > vi.lines[vi.row]!.length) return vi;
			const text = character === '<CR>' ? '\n' : (character === '<Tab>' ? '\t' : character).repeat(count);
			const next = replaceRange(remember(vi), characters(vi, count), text);
			return text === '\n' ? {...next, row: vi.row + 1, column: 0} : {...next, column: vi.column + count - 1};
		},
	},
	u: {run: (vi, count) => travel(vi, 'undo', count)},
	'<C-r>': {run: (vi, count) => travel(vi, 'redo', count)},
	...Object.fromEntries(Object.entries(visualModes).map(([key, mode]) => [key, select(mode)])),
	':': {
		run: (vi, _, __, ___, given) => ({
			...vi,
			mode: 'command',
			prompt: given === undefined ? '' : given === 1 ? '.' : `.,.+${given - 1}`,
			message: '',
		}),
	},
	'/': {
		run: vi => ({...vi, mode: 'search', prompt: '', message: '', search: {...vi.search, pattern: vi.search?.pattern ?? '', forward: true}}),
	},
	'?': {
		run: vi => ({
			...vi,
			mode: 'search',
			prompt: '',
			message: '',
			search: {...vi.search, pattern: vi.search?.pattern ?? '', forward: false},
		}),
	},
	'*': searchWord(true),
	'#': searchWord(false),
	m: {argument: true, run: (vi, _, name) => ({...vi, marks: {...vi.marks, [name]: {row: vi.row, column: vi.column}}})},
	Z: {
		argument: true,
		run: (vi, _, key) =>
			key === 'Z'
				? {...vi, ...(isModified(vi) || vi.isNew ? {saved: textOf(vi)} : {}), done: true}
				: key === 'Q'
					? {...vi, done: true}
					: vi,
	},
	z: {
		argument: true,
		run: (vi, _, key) => ({
			...vi,
			top: Math.max(0, key === 't' || key === '<CR>' ? vi.row : key === 'b' ? vi.row - vi.rows + 1 : vi.row - Math.floor(vi.rows / 2)),
		}),
	},
	'<C-f>': scroll(vi => vi.rows - 2),
	'<PageDown>': scroll(vi => vi.rows - 2),
	'<C-b>': scroll(vi => 2 - vi.rows),
	'<PageUp>': scroll(vi => 2 - vi.rows),
	'<C-d>': scroll(vi => Math.floor(vi.rows / 2)),
	'<C-u>': scroll(vi => -Math.floor(vi.rows / 2)),
	'<C-g>': {
		run: vi => ({
			...vi,
			message: `"${vi.path}"${isModified(vi) ? ' [Modified]' : ''} ${vi.lines.length} lines --${Math.floor(((vi.row + 1) / vi.lines.length) * 100)}%--`,
		}),
	},
};

function putRegister(vi: Vi, name: string, before: boolean, count: number): Vi {
	const register = vi.registers[name.toLowerCase()];
	return register ? put(remember(vi), register, before, count) : {...vi, message: `E353: Nothing in register ${name}`};
}

function travel(vi: Vi, way: 'undo' | 'redo', count: number): Vi {
	let next = vi;
	for (let turn = 0; turn < count; turn++) {
		const target = next[way].at(-1);
		if (!target) return {...next, message: way === 'undo' ? 'Already at oldest change' : 'Already at newest change'};
		const here = {lines: next.lines, row: next.row, column: next.column};
		const undo = way === 'undo' ? next.undo.slice(0, -1) : [...next.undo, here];
		const redo = way === 'undo' ? [...next.redo, here] : next.redo.slice(0, -1);
		// The cursor goes to the first line that differs.
		const row = Math.max(
			0,
			target.lines.findIndex((text, index) => text !== next.lines[index]),
		);
		next = {
			...next,
			...target,
			row: way === 'undo' ? target.row : row,
			undo,
			redo,
			wanted: target.column,
			message: `1 change; ${way === 'undo' ? 'before' : 'after'} #${undo.length + 1}`,
		};
	}

	return next;
}

/** Operators on what is selected, with all else moving the end of the selection. */
export function runVisual(vi: Vi, keys: readonly string[]): Step {
	const [count, rest] = readCount(keys);
	const [key] = rest;
	if (key === undefined) return 'incomplete';
	const leave = (next: Vi): Vi => clamp({...next, mode: next.mode === 'insert' ? 'insert' : 'normal', anchor: undefined});
	const mode = visualModes[key];
	if (key === '<Esc>' || key === '<C-c>' || mode === vi.mode) return {vi: leave({...vi, mode: 'normal'}), changes: false};
	if (mode) return {vi: {...vi, mode}, changes: false};
	if (key === 'o') return {vi: clamp({...vi, ...vi.anchor!, anchor: {row: vi.row, column: vi.column}}), changes: false};
	if (key === ':')
		return {vi: {...vi, mode: 'command', prompt: "'<,'>", marks: {...vi.marks, ...selectionMarks(vi)}, anchor: undefined}, changes: false};
	if (vi.mode === 'visualBlock') {
		if (key === 'r' && rest[1] === undefined) return 'incomplete';
		const done = operateOnBlock(vi, key, rest[1]);
		if (done) return {vi: leave(done), changes: key !== 'y'};
	}
	if (key === '!')
		return {vi: {...vi, mode: 'command', prompt: "'<,'>!", marks: {...vi.marks, ...selectionMarks(vi)}, anchor: undefined}, changes: false};
	const range = selection(vi);
	const base: Vi = {...vi, mode: 'normal', anchor: undefined};
	const operator = {d: 'd', x: 'd', X: 'd', '<Del>': 'd', y: 'y', Y: 'y', c: 'c', s: 'c', '>': '>', '<': '<', '~': '~', u: 'u', U: 'U'}[
		key
	];
	if (operator) {
		const whole = '><'.includes(operator) ? wholeLines(vi, range.start.row, range.end.row) : range;
		return {vi: leave(operate({...base, ...range.start}, operator, whole, '"')), changes: operator !== 'y'};
	}

	if (key === 'J') return {vi: leave(join(remember({...base, ...range.start}), range.end.row - range.start.row + 1)), changes: true};
	if (key === 'p' || key === 'P') return {vi: leave(putOver(base, range)), changes: true};
	if (key === 'r') return rest[1] === undefined ? 'incomplete' : {vi: leave(fill(base, range, rest[1])), changes: true};
	if ((key === 'i' || key === 'a') && rest[1] === undefined) return 'incomplete';
	if (key === 'i' || key === 'a') {
		const object = textObject(vi, key === 'a', rest[1]!);
		return {
			vi: object
				? {
						...vi,
						...(object.lines && {mode: 'visualLine' as const}),
						anchor: object.start,
						row: object.end.row,
						column: Math.max(0, object.end.column - 1),
					}
				: vi,
			changes: false,
		};
	}

	const motion = readMotion(rest);
	if (motion === 'incomplete') return 'incomplete';
	return {vi: motion ? follow(vi, motion.go(vi, count), rest) : vi, changes: false};
}

export function selection(vi: Vi): Range {
	const anchor = vi.anchor ?? vi;
	const forward = vi.row > anchor.row || (vi.row === anchor.row && vi.column >= anchor.column);
	const [start, end] = forward ? [anchor, vi] : [vi, anchor];
	if (vi.mode === 'visualLine') return wholeLines(vi, start.row, end.row);
	return {start: {row: start.row, column: start.column}, end: {row: end.row, column: Math.min(vi.lines[end.row]!.length, end.column + 1)}};
}

const selectionMarks = (vi: Vi) => {
	const {start, end} = selection(vi);
	return {'<': start, '>': end};
};

function putOver(vi: Vi, range: Range): Vi {
	const register = vi.registers['"'];
	if (!register) return vi;
	const gone = textIn(vi, range);
	const removed = removeRange(remember(vi), range);
	const next = range.lines
		? put(removed, {text: register.text, lines: true}, removed.row >= range.start.row, 1)
		: insertText({...removed, mode: 'insert'}, register.lines ? `\n${register.text}\n` : register.text);
	return keep({...next, mode: 'normal'}, gone, '"', false);
}

function fill(vi: Vi, range: Range, character: string): Vi {
	const {text} = textIn(vi, range);
	const whole: Range = range.lines
		? {start: {row: range.start.row, column: 0}, end: {row: range.end.row, column: vi.lines[range.end.row]!.length}}
		: range;
	return replaceRange(
		remember(vi),
		whole,
		text.replaceAll(/[^\n]/gu, () => character),
	);
}
