import type {Store} from './store.js';
import {conceptsIn} from '../glossary/index.js';
import type {KeyPress} from '../keys/key-reader.js';
import type {PaneContext, PaneDeed} from '../panes/pane.js';
import {contextOf, roomOf} from '../layout/pane-context.js';
import panes from '../panes/index.js';
import {labLayout} from '../layout/lab-layout.js';

/** The pane that is looked at, and what it is drawn from. */
export function lookedAt(store: Store): {pane: (typeof panes)[number]; context: PaneContext} | undefined {
	const {state, run, size} = store.get();
	if (!run) return undefined;
	const layout = labLayout({state, run, ...size});
	return {pane: panes[state.view]!, context: contextOf({state, run}, state.view, roomOf(state.view, layout), !layout.wide)};
}

/** A key that the pane itself knows. False: it does not. */
export function pressPane(store: Store, {name}: KeyPress): boolean {
	const {pane, context} = lookedAt(store)!;
	const key = pane.keys.find(each => each.keys.includes(name));
	if (!key) return false;
	const deed = key.deed(context);
	if (deed) run(store, deed);
	else store.do({type: 'note', note: {word: 'nothingHere'}});
	return true;
}

function run(store: Store, deed: PaneDeed): void {
	const {state} = store.get();
	switch (deed.does) {
		case 'type':
			store.run!.put(deed.text);
			if (deed.change) store.do({type: 'pane', view: state.view, change: deed.change});
			store.do({type: 'focus'});
			break;
		case 'copy':
			store.ports.copy?.(deed.text);
			if (deed.change) store.do({type: 'pane', view: state.view, change: deed.change});
			store.do({type: 'note', note: {word: 'partCopied'}});
			break;
		case 'run':
			if (sendLine(store, deed.line) && deed.moves) store.do({type: 'pane', view: state.view, change: {item: undefined, top: 0}});
			break;
		case 'explain':
			store.do({type: 'explain', ids: conceptsIn(deed.text).map(({id}) => id)});
			break;
		case 'ask':
			store.run!.ask(deed.what);
			break;
		case 'say':
			store.do({type: 'note', note: {word: deed.word}});
			break;
		case 'look':
			store.do({type: 'pane', view: state.view, change: deed.change});
	}
}

/** Types a line for the learner; false, and says so, while something runs or a line is half typed. */
export function sendLine(store: Store, line: string): boolean {
	const sent = store.run?.send(line) ?? false;
	if (!sent) store.do({type: 'note', note: {word: 'shellBusy', values: {line}}});
	return sent;
}
