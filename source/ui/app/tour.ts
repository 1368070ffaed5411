import type {AppState} from '../state/app-state.js';
import type {RunView} from '../run/view.js';
import type {Word} from '../words/words.js';

export interface TourStep {
	readonly word: Word;
	/** Where there is no room for it. */
	readonly short: Word;
	/** The learner has done it. */
	done(state: AppState, run: RunView): boolean;
}

/** The first minute, as things to do. It ends by itself, or with alt-x. */
export const tour: readonly TourStep[] = [
	{word: 'tour1', short: 'tour1Short', done: (_, run) => run.commands > 0},
	{word: 'tour2', short: 'tour2Short', done: state => state.view > 1},
	{word: 'tour3', short: 'tour3Short', done: state => state.inPane},
	{word: 'tour4', short: 'tour4Short', done: state => !state.inPane},
	{word: 'tour5', short: 'tour5Short', done: () => false},
];

/** The step that is due: each is left as soon as it is done. */
export function tourAfter(state: AppState, run: RunView | undefined): number | undefined {
	const {tour: step} = state;
	if (step === undefined || !run || state.screen !== 'lab') return step;
	return tour[step]?.done(state, run) ? step + 1 : step;
}
