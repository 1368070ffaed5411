import {insertText} from './change.js';
import {runCommandLine} from './command-line.js';
import {runInsert} from './insert.js';
import {splitKeys} from './keys.js';
import {pressMacro} from './macros.js';
import {follow, operateToMatch, runNormal, runVisual} from './normal.js';
import {nextMatch} from './search.js';
import {answerSubstitute} from './substitute.js';
import {clamp, isVisual, type Vi} from './state.js';

/** One key; see `keys.ts` for their names. Pure. */
export function pressVi(vi: Vi, key: string): Vi {
	if (vi.done || vi.running) return vi;
	const next = press(vi, key);
	return vi.recording && next.recording ? {...next, recording: {...next.recording, keys: [...vi.recording.keys, key]}} : next;
}

function press(vi: Vi, key: string): Vi {
	switch (vi.mode) {
		case 'insert':
		case 'replace':
			return pressInsert(vi, key);
		case 'confirm':
			return answerSubstitute(vi, key);
		case 'command':
		case 'search':
			return pressPrompt(vi, key);
		default:
			return pressNormal(vi, key);
	}
}

/** Several keys, as in vim's own notation: `typeVi(vi, 'ihello<Esc>:wq<CR>')`. */
export const typeVi = (vi: Vi, keys: string): Vi => splitKeys(keys).reduce(pressVi, vi);

/** A paste from the terminal: text where text is typed, keys elsewhere. Indenting does not pile up, as bracketed paste has it. */
export function pasteVi(vi: Vi, text: string): Vi {
	const plain = text.replaceAll(/\r\n?/g, '\n');
	if (vi.mode === 'insert' || vi.mode === 'replace')
		return {...insertText(vi, plain), change: vi.change && [...vi.change, ...splitKeys(plain)]};
	if (vi.mode === 'command' || vi.mode === 'search') return {...vi, prompt: vi.prompt + plain.replaceAll('\n', '')};
	return typeVi(vi, plain);
}

/** The screen became taller or lower; the last row is the status line. */
export const resizeVi = (vi: Vi, rows: number): Vi => clamp({...vi, rows: Math.max(1, rows - 1)});

function pressNormal(vi: Vi, key: string): Vi {
	if (vi.mode === 'normal' && (key === '<Esc>' || key === '<C-c>'))
		return {
			...vi,
			pending: [],
			message: key === '<C-c>' ? 'Type  :qa!  and press <Enter> to abandon all changes and exit Vim' : vi.message,
		};
	const keys = [...vi.pending, key];
	if (vi.mode === 'normal' && keys.at(-1) === '.' && keys.slice(0, -1).every(each => /\d/.test(each)))
		return repeatChange({...vi, pending: []}, Number(vi.pending.join('')) || undefined);
	const macro = vi.mode === 'normal' ? pressMacro(vi, keys, pressVi) : undefined;
	if (macro) return macro;
	const visual = vi.mode !== 'normal';
	const step = visual ? runVisual(vi, keys) : runNormal({...vi, message: keys.length === 1 ? '' : vi.message}, keys);
	if (step === 'incomplete') return {...vi, pending: keys};
	const next: Vi = {...step.vi, pending: [], ...(visual && lastVisual(vi, step.vi))};
	if (!step.changes) return next;
	const change = visual ? [...selectingKeys(vi), ...keys] : keys;
	return next.mode === 'insert' || next.mode === 'replace' ? {...next, change} : {...next, lastChange: change, change: undefined};
}

/** Keys that select as much as is selected now, from wherever the cursor stands: `.` does the same to that. */
function selectingKeys(vi: Vi): string[] {
	const anchor = vi.anchor ?? vi;
	const [down, right] = [Math.abs(vi.row - anchor.row), Math.abs(vi.column - anchor.column)];
	const times = (count: number, key: string) => (count === 0 ? [] : [...String(count), key]);
	if (vi.mode === 'visualLine') return ['V', ...times(down, 'j')];
	if (vi.mode === 'visualBlock')
		return ['<C-v>', ...times(down, 'j'), ...(vi.wanted === Number.MAX_SAFE_INTEGER ? ['$'] : times(right, 'l'))];
	// Over several lines it ends in the same column of the last one.
	return down === 0
		? ['v', ...times(right, 'l')]
		: ['v', ...times(down, 'j'), '0', ...times((vi.row > anchor.row ? vi : anchor).column, 'l')];
}

/** Selecting has ended: `gv` goes on from here. */
const lastVisual = ({mode, anchor, row, column}: Vi, after: Vi): Pick<Vi, 'lastVisual'> | undefined =>
	anchor && isVisual(mode) && after.mode !== mode ? {lastVisual: {mode, anchor, end: {row, column}}} : undefined;

function pressInsert(vi: Vi, key: string): Vi {
	if (key === '<C-r>') return {...vi, pending: [key]};
	if (vi.pending[0] === '<C-r>') {
		const {text = ''} = vi.registers[key] ?? {};
		const next = insertText({...vi, pending: []}, text.replace(/\n$/, ''));
		return {...next, change: vi.change && [...vi.change, '<C-r>', key]};
	}
	const next = runInsert(vi, key);
	const change = vi.change && [...vi.change, key];
	if (next.mode === 'insert' || next.mode === 'replace') return {...next, change};
	const repeated = vi.insertCount > 1 && change ? repeatInsert(vi, change) : next;
	return {...repeated, change: undefined, insertCount: 1, lastChange: change && change.length > 1 ? change : vi.lastChange};
}

/** A count like 4294967296 must not keep the editor busy for minutes. */
const repeatedKeysMax = 5000;

/** `3ifoo<Esc>`: what was typed, twice more. */
function repeatInsert(vi: Vi, change: readonly string[]): Vi {
	const start = change.findIndex(key => !/\d/.test(key));
	const typed = change.slice(start + 1, -1);
	const opens = 'oO'.includes(change[start] ?? ' ');
	let next = vi;
	const turns = Math.min(vi.insertCount, 1 + Math.ceil(repeatedKeysMax / (typed.length + 1)));
	for (let turn = 1; turn < turns; turn++) {
		if (opens) next = runInsert({...next, column: next.lines[next.row]!.length}, '<CR>');
		for (const key of typed) next = runInsert(next, key);
	}

	return runInsert(next, '<Esc>');
}

/** `.` */
function repeatChange(vi: Vi, count: number | undefined): Vi {
	const keys =
		count === undefined ? vi.lastChange : [...String(count), ...vi.lastChange.slice(vi.lastChange.findIndex(key => !/[1-9]/.test(key)))];
	const after = keys.reduce(pressVi, {...vi, lastChange: []});
	return {...after, lastChange: vi.lastChange};
}

function pressPrompt(vi: Vi, key: string): Vi {
	const cancel: Vi = {...vi, mode: 'normal', prompt: '', searching: undefined};
	switch (key) {
		case '<Esc>':
		case '<C-c>':
			return cancel;
		case '<BS>':
			return vi.prompt === '' ? cancel : {...vi, prompt: vi.prompt.slice(0, -1)};
		case '<C-u>':
			return {...vi, prompt: ''};
		case '<C-w>':
			return {...vi, prompt: vi.prompt.replace(/\S*\s*$/, '')};
		case '<Up>':
			return {...vi, prompt: vi.commandHistory.at(-1) ?? vi.prompt};
		case '<CR>':
			return vi.mode === 'command' ? runCommandLine(vi, vi.prompt, pressVi) : runSearch({...cancel, searching: vi.searching}, vi.prompt);
		default:
			return key.length > 2 && key.startsWith('<') ? vi : {...vi, prompt: vi.prompt + (key === '<Tab>' ? '\t' : key)};
	}
}

function runSearch(vi: Vi, typed: string): Vi {
	const {pattern: old, forward, offset: before} = vi.search!;
	const sign = forward ? '/' : '?';
	// `//` goes on with the last pattern and no offset, an empty line with both.
	const cut = splitOffset(typed, sign);
	const pattern = cut.pattern || old;
	const offset = typed === '' ? before : cut.offset;
	const searched: Vi = {...vi, search: {pattern, forward, ...(offset && {offset})}, options: {...vi.options, hlsearch: true}};
	const target = pattern === '' ? undefined : nextMatch(searched, searched.search!, forward);
	if (target && vi.searching) return operateToMatch(searched, target, vi.searching);
	return target
		? follow(searched, target, ['/'])
		: {
				...searched,
				searching: undefined,
				message: pattern === '' ? 'E35: No previous regular expression' : `E486: Pattern not found: ${pattern}`,
			};
}

/** At the first sign that is neither escaped nor in brackets. */
function splitOffset(typed: string, sign: string): {readonly pattern: string; readonly offset: string} {
	for (const {0: token, index} of typed.matchAll(/\\.|\[\^?\]?[^\]]*\]|./gs))
		if (token === sign) return {pattern: typed.slice(0, index), offset: typed.slice(index + 1)};
	return {pattern: typed, offset: ''};
}
