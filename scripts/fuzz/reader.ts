import type {Family} from './family.js';
import {mutate, nasty} from './mutate.js';

/** What the language itself throws is a mistake of ours; anything else was said on purpose. */
const mistakes = [TypeError, RangeError, ReferenceError, SyntaxError];
const isRefusal = (error: unknown): boolean => error instanceof Error && !mistakes.some(each => error instanceof each);

export interface Reader {
	readonly name: string;
	readonly samples: readonly string[];
	/** Pieces of its language, put in at random. */
	readonly words: readonly string[];
	/** Takes the text; returns what is wrong with the answer. */
	readonly take: (text: string) => string | undefined;
}

/** Damaged text for something that only reads. */
export const readerFamily = ({name, samples, words, take}: Reader): Family => ({
	name,
	open: () => ({
		draw: random => mutate(random, mutate(random, random.pick(samples), words), random.chance(1, 4) ? nasty : words),
		take(text) {
			try {
				return take(text);
			} catch (error) {
				if (isRefusal(error)) return undefined;
				throw error;
			}
		},
	}),
});
