import type {CardChapter, LabCard} from '../../lab/card.js';
import type {AppState} from '../state/app-state.js';
import {filterOf} from '../text/filter.js';

/** What the list of labs is narrowed to. */
export const labWanted = ({ask}: AppState): string => (ask?.what === 'lab' ? ask.text : '');

/** By id, title, what it is about and the chapter, in either language: who reads Chinese types English names too. */
export function labsCalled(chapters: readonly CardChapter[], wanted: string): readonly LabCard[] {
	const keeps = filterOf(wanted);
	return chapters.flatMap(({title, labs}) =>
		labs.filter(lab => keeps([lab.id, lab.level, ...[lab.title, lab.summary, title].flatMap(Object.values<string>)])),
	);
}
