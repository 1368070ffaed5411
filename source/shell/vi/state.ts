import type {Disk} from './disk.js';
import type {EditorRun} from '../session/edited.js';

/** What is typed now is repeated in the rows below once it ends: `I`, `A` and `c` on a block. */
export interface BlockInsert {
	readonly last: number;
	readonly column: number;
	/** How much of the first line stands behind the place. */
	readonly behind: number;
	readonly where: 'before' | 'behind' | 'ends';
}

/** Where a motion leads. `lines`: an operator takes whole lines; `inclusive`: the character it lands on, too. */
export interface Target extends Position {
	readonly lines?: boolean;
	readonly inclusive?: boolean;
	/** j and k keep the column they would like. */
	readonly keepsWanted?: boolean;
	readonly message?: string;
}

export interface Search {
	readonly pattern: string;
	readonly forward: boolean;
	/** Where beside the match the cursor goes: `e`, `s+1`, `-2`. */
	readonly offset?: string;
}

export interface Recording {
	readonly register: string;
	readonly keys: readonly string[];
}

export type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visualLine' | 'visualBlock' | 'command' | 'search' | 'confirm';

/** `:s///c`: the match that is shown, and what to do with it. */
export interface Asking extends Position {
	readonly expression: RegExp;
	readonly replacement: string;
	/** Each match of a line, not only the first. */
	readonly all: boolean;
	readonly quiet: boolean;
	/** Of the range. */
	readonly last: number;
	readonly count: number;
	/** Lines that were changed, and the latest of them. */
	readonly rows: number;
	readonly changed?: number;
}

/** What `v`, `V` and ctrl-v begin. */
export type VisualMode = 'visual' | 'visualLine' | 'visualBlock';
export const isVisual = (mode: Mode): mode is VisualMode => mode.startsWith('visual');

export interface Position {
	readonly row: number;
	readonly column: number;
}

export interface Register {
	readonly text: string;
	/** Whole lines: `p` puts them below. */
	readonly lines: boolean;
	/** A rectangle: `p` puts its lines beside each other's. */
	readonly block?: boolean;
}

export interface ViOptions {
	readonly number: boolean;
	readonly paste: boolean;
	readonly autoindent: boolean;
	readonly expandtab: boolean;
	readonly ignorecase: boolean;
	readonly hlsearch: boolean;
	readonly list: boolean;
	readonly tabstop: number;
	readonly shiftwidth: number;
}

/** What becomes of a command's output: it is only seen, or comes below a line, or takes the place of those that the command was given. */
export interface ShellCommand extends EditorRun {
	readonly into: 'screen' | 'below' | 'lines';
	readonly first: number;
	readonly last: number;
}

/** The editor as data: every key makes a new one. */
export interface Vi {
	readonly path: string;
	/** The file it was opened on. */
	readonly main: string;
	/** As it was typed. */
	readonly name: string;
	/** The name of the file that was edited before. */
	readonly alternate?: string;
	/** To look at other files; without one there are none. */
	readonly disk?: Disk;
	/** Other files, by their paths, as they were last written. */
	readonly written: Readonly<Record<string, string>>;
	readonly lines: readonly string[];
	readonly row: number;
	readonly column: number;
	/** The column that j and k would like to keep. */
	readonly wanted: number;
	readonly mode: Mode;
	/** Keys of a command that is not complete yet. */
	readonly pending: readonly string[];
	/** What is typed after `:` or `/`. */
	readonly prompt: string;
	readonly message: string;
	readonly anchor?: Position;
	readonly registers: Readonly<Record<string, Register>>;
	readonly marks: Readonly<Record<string, Position>>;
	readonly search?: Search;
	readonly find?: {readonly key: string; readonly character: string};
	readonly undo: readonly Snapshot[];
	readonly redo: readonly Snapshot[];
	/** Keys of the last change, for `.`. */
	readonly lastChange: readonly string[];
	/** Keys of the change that is being typed. */
	readonly change?: readonly string[];
	/** How often the insert is repeated when it ends: `3ifoo`. */
	readonly insertCount: number;
	readonly options: ViOptions;
	readonly blockInsert?: BlockInsert;
	readonly asking?: Asking | undefined;
	/** Text as it was last written; undefined when nothing was. */
	readonly saved?: string;
	/** Text on disk, to know whether the buffer differs. */
	readonly onDisk: string;
	readonly isNew: boolean;
	readonly readOnly: boolean;
	readonly done: boolean;
	/** First line shown, and how many fit. */
	readonly top: number;
	readonly rows: number;
	readonly commandHistory: readonly string[];
	/** A command that it waits for. */
	readonly running?: ShellCommand | undefined;
	readonly lastShellCommand?: string;
	readonly lastSubstitute?: {readonly replacement: string; readonly flags: string};
	/** `d/pattern`: the operator that the search will give its range to. */
	readonly searching?: {readonly operator: string; readonly register: string; readonly from: Position} | undefined;
	readonly macros: Readonly<Record<string, readonly string[]>>;
	readonly recording?: Recording | undefined;
	readonly lastMacro?: string | undefined;
	/** What `gv` selects again. */
	readonly lastVisual?: {readonly mode: VisualMode; readonly anchor: Position; readonly end: Position};
}

export interface Snapshot {
	readonly lines: readonly string[];
	readonly row: number;
	readonly column: number;
}

const undoMax = 200;

export function openVi({
	path,
	name = path,
	text,
	isNew = false,
	readOnly = false,
	rc = '',
	disk,
}: {
	path: string;
	name?: string;
	text: string;
	isNew?: boolean;
	readOnly?: boolean;
	rc?: string;
	disk?: Disk;
}): Vi {
	const lines = linesOf(text);
	return {
		path,
		main: path,
		name,
		...(disk && {disk}),
		written: {},
		lines,
		row: 0,
		column: 0,
		wanted: 0,
		mode: 'normal',
		pending: [],
		prompt: '',
		message: isNew
			? `"${name}" [New]`
			: `"${name}"${readOnly ? ' [readonly]' : ''} ${text === '' ? 0 : lines.length}L, ${new TextEncoder().encode(text).length}B`,
		registers: {},
		marks: {},
		undo: [],
		redo: [],
		lastChange: [],
		insertCount: 1,
		options: {
			number: /^\s*set\s+(?:nu|number)\b/m.test(rc),
			paste: false,
			autoindent: /^\s*set\s+(?:ai|autoindent)\b/m.test(rc),
			expandtab: /^\s*set\b.*\b(?:et|expandtab)\b/m.test(rc),
			ignorecase: /^\s*set\b.*\b(?:ic|ignorecase)\b/m.test(rc),
			hlsearch: true,
			list: false,
			tabstop: Number(/\b(?:ts|tabstop)=(\d+)/.exec(rc)?.[1] ?? 8),
			shiftwidth: Number(/\b(?:sw|shiftwidth)=(\d+)/.exec(rc)?.[1] ?? 8),
		},
		onDisk: text,
		isNew,
		readOnly,
		done: false,
		top: 0,
		rows: 23,
		commandHistory: [],
		macros: {},
	};
}

export const linesOf = (text: string): readonly string[] => (text === '' ? [''] : text.replace(/\n$/, '').split('\n'));

/** The buffer as a file has it. */
export const textOf = ({lines}: Vi): string => (lines.length === 1 && lines[0] === '' ? '' : `${lines.join('\n')}\n`);

export const isModified = (vi: Vi): boolean => textOf(vi) !== (vi.saved ?? vi.onDisk);

/** Remembers how it was, before a change. */
export const remember = (vi: Vi): Vi => ({
	...vi,
	undo: [...vi.undo, {lines: vi.lines, row: vi.row, column: vi.column}].slice(-undoMax),
	redo: [],
});

/** The cursor within the text; in normal mode it stands on a character, not behind the last. */
export function clamp(vi: Vi): Vi {
	const row = Math.max(0, Math.min(vi.row, vi.lines.length - 1));
	const length = vi.lines[row]!.length;
	const behind = vi.mode === 'insert' || vi.mode === 'replace' || vi.mode === 'visual';
	const column = Math.max(0, Math.min(vi.column, behind ? length : length - 1));
	const top = row < vi.top ? row : row >= vi.top + vi.rows ? row - vi.rows + 1 : vi.top;
	return row === vi.row && column === vi.column && top === vi.top ? vi : {...vi, row, column, top};
}

export const goTo = (vi: Vi, {row, column}: Position): Vi => clamp({...vi, row, column, wanted: column});
