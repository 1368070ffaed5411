import type {Translated} from '../../lab/lab.js';

/** One idea in a few sentences, found by the words that stand on the screen. */
export interface Concept {
	readonly id: string;
	/** What makes it worth explaining. */
	readonly seen: RegExp;
	readonly text: Translated;
}

export const concept = (id: string, seen: RegExp, en: string, zh: string): Concept => ({id, seen, text: {en, zh}});
