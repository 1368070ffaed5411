import type {Store} from './store.js';
import {cut, type Scrollback} from '../terminal/scrollback.js';
import {within, type CopyMode} from '../state/app-state.js';

/** From the last line on; nothing to do where nothing was printed. */
export function beginCopy(store: Store): void {
	const {state, run} = store.get();
	const last = (run?.scrollback.lines.length ?? 0) - 1;
	if (last < 0) {
		store.do({type: 'note', note: {word: 'nothingToCopy'}});
		return;
	}
	if (state.inPane) store.do({type: 'focus'});
	store.do({type: 'copy', mode: {at: within(last - state.shellScroll, last)}});
}

export function moveCopy(store: Store, by: number): void {
	const {state, run} = store.get();
	if (state.copy) store.do({type: 'copy', mode: {...state.copy, at: within(state.copy.at + by, run!.scrollback.lines.length - 1)}});
}

/** The selection begins at the line with the cursor, or is dropped. */
export function markCopy(store: Store): void {
	const {copy} = store.get().state;
	if (copy) store.do({type: 'copy', mode: copy.from === undefined ? {...copy, from: copy.at} : {at: copy.at}});
}

/** Hands the chosen lines to the terminal's clipboard. */
export function takeCopy(store: Store): void {
	const {state, run} = store.get();
	if (!state.copy || !run) return;
	const [first, last] = chosen(state.copy);
	const text = run.scrollback.lines.slice(first, last + 1).join('\n');
	store.ports.copy?.(text.replaceAll(/\u001b\[[0-9;]*m/g, ''));
	store.do({type: 'copy', mode: undefined});
	store.do({type: 'note', note: {word: 'copied', values: {n: last - first + 1}}});
}

const chosen = ({at, from = at}: CopyMode): [number, number] => [Math.min(at, from), Math.max(at, from)];

/** The lines around the cursor as they fit; those that are chosen in inverse. */
export function copyRows({lines}: Scrollback, mode: CopyMode, columns: number, rows: number): string[] {
	const [first, last] = chosen(mode);
	const shown: string[] = [];
	const bottom = Math.min(lines.length - 1, mode.at + Math.floor(rows / 2));
	for (let at = bottom; at >= 0 && (shown.length < rows || at >= mode.at); at--) {
		const cells = cut(lines[at]!, columns);
		const isChosen = at >= first && at <= last;
		shown.unshift(...(isChosen ? cells.map(cell => `\u001b[7m${cell.replaceAll(/\u001b\[[0-9;]*m/g, '') || ' '}\u001b[0m`) : cells));
	}
	return shown.slice(-rows);
}
