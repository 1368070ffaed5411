import type {Store} from './store.js';
import {paneState} from '../state/app-state.js';
import {itemsIn, missingFrom} from '../text/task-items.js';

/** Into the editor: the text of the task that is chosen, else the one for this file that it lacks. */
export function takeTaskText(store: Store): void {
	const {state, run} = store.get();
	const edited = store.run?.edited();
	if (!run || !edited) return;
	const items = itemsIn(run.lab.text[state.settings.language]);
	const {item = -1} = paneState(state, 0);
	const missing = missingFrom(items, edited);
	const chosen = missing < 0 && items[item]?.kind === 'part' ? item : missing;
	if (chosen < 0) store.do({type: 'note', note: {word: 'noTaskText'}});
	else store.run!.take(items[chosen]!.text);
}
