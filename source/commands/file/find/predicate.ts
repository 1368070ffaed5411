import type {Options, Test} from './entry.js';

/** Takes the words of one predicate. */
export interface Words {
	/** The next one; what names the predicate is `of`. */
	next(of: string): string;
	/** All up to one of these, which is taken, too. */
	until(of: string, ends: readonly string[]): {readonly words: readonly string[]; readonly end: string};
}

export type Predicate = (words: Words, options: Options, name: string) => Test;
