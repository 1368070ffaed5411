import {Failure} from '../../source/commands/kubectl/failure.js';
import {ApiError} from '../../source/api/status.js';
import type {Family} from './family.js';
import {mutate, nasty} from './mutate.js';

/** What a learner may be told; a `TypeError` or a full stack is a mistake of ours. */
const isRefusal = (error: unknown): boolean =>
	error instanceof ApiError || error instanceof Failure || (error instanceof Error && Object.getPrototypeOf(error) === Error.prototype);

export interface Reader {
	readonly name: string;
	readonly samples: readonly string[];
	/** Pieces of its language, put in at random. */
	readonly words: readonly string[];
	/** Takes the text; returns what is wrong with the answer. */
	readonly take: (text: string) => string | undefined;
	/** Its own class of refusals. */
	readonly refusal?: abstract new (
		...args: never[]
	) => Error;
}

/** Damaged text for something that only reads. */
export const readerFamily = ({name, samples, words, take, refusal}: Reader): Family => ({
	name,
	open: () => ({
		draw: random => mutate(random, mutate(random, random.pick(samples), words), random.chance(1, 4) ? nasty : words),
		take(text) {
			try {
				return take(text);
			} catch (error) {
				if (isRefusal(error) || (refusal && error instanceof refusal)) return undefined;
				throw error;
			}
		},
	}),
});
