import type {CardChapter, LabCard} from '../../lab/card.js';
import {type AppState, within} from '../state/app-state.js';
import {filterOf} from '../text/filter.js';
import type {Store} from './store.js';

/** What the list of labs is narrowed to. */
export const labWanted = ({ask}: AppState): string => (ask?.what === 'lab' ? ask.text : '');

/** By id, title, what it is about and the chapter, in either language: who reads Chinese types English names too. */
export function labsCalled(chapters: readonly CardChapter[], wanted: string): readonly LabCard[] {
	const keeps = filterOf(wanted);
	return chapters.flatMap(({title, labs}) =>
		labs.filter(lab => keeps([lab.id, lab.level, ...[lab.title, lab.summary, title].flatMap(Object.values<string>)])),
	);
}

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
