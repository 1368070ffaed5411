import type {AppState} from '../state/app-state.js';
import type {Store} from './store.js';
import type {KeyPress} from '../keys/key-reader.js';
import {chosenLab, narrowLabs, stepLab} from './lab-choice.js';
import panes from '../panes/index.js';
import {say} from '../words/words.js';

type Asked = NonNullable<AppState['ask']>;

/** A key while a filter, a pane's name, a lab's or something to search for is typed. */
export function askKey(store: Store, {what, text}: Asked, {name, text: typed}: KeyPress) {
	const close = () => store.do({type: 'ask', what: undefined, text: ''});
	const set = (next: string) => {
		if (what === 'lab') return narrowLabs(store, next);
		store.do({type: 'ask', what, text: next});
		if (what === 'filter') filter(store, next);
	};
	switch (name) {
		case 'escape':
		case 'ctrl-c':
		case 'ctrl-g':
			if (what === 'filter') filter(store, '');
			return close();
		case 'return':
			if (what === 'lab') return openLab(store);
			close();
			return enter(store, what, text);
		case 'up':
		case 'ctrl-p':
			return void (what === 'lab' && stepLab(store, -1));
		case 'down':
		case 'ctrl-n':
			return void (what === 'lab' && stepLab(store, 1));
		case 'backspace':
		case 'ctrl-h':
			return set(text.slice(0, -1));
		case 'ctrl-u':
			return set('');
		default:
			if (typed && !name.startsWith('alt-')) set(text + typed.replaceAll('\n', ' '));
	}
}

/** Stays open when nothing matches: there is only more to type. */
function openLab(store: Store) {
	const lab = chosenLab(store);
	if (lab) store.openOrLeave(lab.id);
}

function filter(store: Store, text: string) {
	store.do({type: 'pane', view: store.get().state.view, change: {filter: text, item: undefined, top: 0}});
}

function enter(store: Store, what: Asked['what'], text: string) {
	if (what === 'search') return search(store, text);
	if (what !== 'pane') return;
	const [view] = panesCalled(text, store.get().state.settings.language);
	if (view !== undefined) store.do({type: 'view', view});
}

/** Panes whose name holds the text, or that have this number: as indexes. */
export function panesCalled(text: string, language: 'en' | 'zh'): number[] {
	const wanted = text.trim().toLowerCase();
	return panes
		.map((pane, index) => ({index, names: [say(language, pane.title), say('en', pane.title), String(index + 1)]}))
		.filter(({names}) => names.some(name => name.toLowerCase().includes(wanted)))
		.map(({index}) => index);
}

/** Scrolls the shell up to the next older line that holds the text. */
function search(store: Store, text: string) {
	const {run, state} = store.get();
	store.do({type: 'found', text});
	const {lines} = run!.scrollback;
	if (text === '') return;
	const below = lines.length - state.shellScroll;
	const at = lines.slice(0, Math.max(0, below)).findLastIndex(line => line.toLowerCase().includes(text.toLowerCase()));
	if (at >= 0) store.do({type: 'scroll-shell', by: lines.length - at - state.shellScroll, max: lines.length});
}
