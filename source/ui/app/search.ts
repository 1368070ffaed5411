import {moveCopy} from './copy-mode.js';
import {labLayout} from '../layout/lab-layout.js';
import {shellRows} from '../layout/layout.js';
import {rowsFrom} from '../terminal/scrollback.js';
import type {Store} from './store.js';

/** Shows the next older line of the shell that holds the text; asked once more, the one before it. In copy mode the cursor goes there. */
export function search(store: Store, text: string, by: 1 | -1 = -1): void {
	const {run, state} = store.get();
	if (!run || text === '') return;
	const {lines} = run.scrollback;
	const now = state.copy?.at ?? (state.found.text === text ? state.found.line : undefined) ?? lines.length;
	const line = nextLine(lines, now, by, text.toLowerCase());
	store.do({type: 'found', found: {text, line: line ?? state.found.line ?? lines.length}});
	if (line === undefined) store.do({type: 'note', note: {word: now === lines.length ? 'notFound' : 'noMoreFound', values: {text}}});
	else if (state.copy) moveCopy(store, line - state.copy.at);
	else showLine(store, line);
}

function nextLine(lines: readonly string[], from: number, by: 1 | -1, wanted: string): number | undefined {
	for (let at = from + by; at >= 0 && at < lines.length; at += by) if (lines[at]!.toLowerCase().includes(wanted)) return at;
	return undefined;
}

/** In the upper third, unless it is seen without scrolling. */
function showLine(store: Store, line: number) {
	const {run, state, size} = store.get();
	const rows = shellRows(labLayout({state, run: run!, ...size}));
	const below = rowsFrom(run!.scrollback, line, size.columns) + 1;
	const scroll = below <= rows ? 0 : below - Math.floor((rows * 2) / 3);
	store.do({type: 'scroll-shell', by: scroll - state.shellScroll, max: below});
}
