import type {LabCard} from '../../lab/card.js';
import {labsCalled, labWanted} from '../pages/lab-list.js';
import {within} from '../state/app-state.js';
import type {Store} from './store.js';

export const allLabs = ({ports}: Store): readonly LabCard[] => ports.chapters.flatMap(chapter => chapter.labs);

/** So many labs further, of those in the list. */
export function stepLab(store: Store, by: number): void {
	const {state} = store.get();
	const [all, shown] = [allLabs(store), labsCalled(store.ports.chapters, labWanted(state))];
	const at = shown.indexOf(all[state.selected]!);
	const next = shown[within(at + by, shown.length - 1)];
	if (next) store.do({type: 'select', lab: all.indexOf(next)});
}

/** The chosen lab, unless the list was narrowed to others. */
export function chosenLab(store: Store): LabCard | undefined {
	const {state} = store.get();
	const lab = allLabs(store)[state.selected];
	return lab && labsCalled(store.ports.chapters, labWanted(state)).includes(lab) ? lab : undefined;
}

/** Narrows the list; what was chosen stays so as long as it is there. */
export function narrowLabs(store: Store, text: string): void {
	store.do({type: 'ask', what: 'lab', text});
	if (!chosenLab(store)) stepLab(store, 1);
}
