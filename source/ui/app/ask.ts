import {type Asked, languageOf} from '../state/app-state.js';
import {search} from './search.js';
import type {Store} from './store.js';
import type {KeyPress} from '../keys/key-reader.js';
import {chosenLab, narrowLabs, stepLab} from './lab-choice.js';
import panes from '../panes/index.js';
import {say} from '../words/words.js';

/** Keys that choose among what matches. */
const steps: Readonly<Record<string, number>> = {
	up: -1,
	'ctrl-p': -1,
	'shift-tab': -1,
	left: -1,
	down: 1,
	'ctrl-n': 1,
	tab: 1,
	right: 1,
};

/** A key while a filter, a pane's name, a lab's or something to search for is typed. */
export function askKey(store: Store, {what, text, at}: Asked, {name, text: typed}: KeyPress) {
	const close = () => store.do({type: 'ask', what: undefined, text: ''});
	const set = (next: string) => {
		if (what === 'lab') return narrowLabs(store, next);
		store.do({type: 'ask', what, text: next});
		if (what === 'filter') filter(store, next);
	};
	const step = steps[name];
	if (step !== undefined && what === 'lab') return stepLab(store, step);
	if (step !== undefined && what === 'pane') return store.do({type: 'ask', what, text, at: stepPane(store, text, at + step)});
	switch (name) {
		case 'escape':
		case 'ctrl-c':
		case 'ctrl-g':
			if (what === 'filter') filter(store, '');
			return close();
		case 'return':
			if (what === 'lab') return openLab(store);
			if (what === 'pane') return openPane(store, text, at);
			close();
			// As in vi: nothing typed looks for the same once more.
			return void (what === 'search' && search(store, text || store.get().state.found.text));
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

const languageNow = (store: Store) => languageOf(store.get().state);

function stepPane(store: Store, text: string, at: number): number {
	const count = panesCalled(text, languageNow(store)).length;
	return count === 0 ? 0 : (at + count) % count;
}

/** Stays open, too, when no pane is called like this. */
function openPane(store: Store, text: string, at: number) {
	const view = panesCalled(text, languageNow(store))[at];
	if (view === undefined) return;
	store.do({type: 'ask', what: undefined, text: ''});
	store.do({type: 'view', view});
}

/** Panes whose name holds the text, or that have this number: as indexes. */
export function panesCalled(text: string, language: 'en' | 'zh'): number[] {
	const wanted = text.trim().toLowerCase();
	return panes
		.map((pane, index) => ({index, names: [say(language, pane.title), say('en', pane.title), String(index + 1)]}))
		.filter(({names}) => names.some(name => name.toLowerCase().includes(wanted)))
		.map(({index}) => index);
}
