import type {World} from '../../node/world.js';
import type {slipWords} from '../words/slip-words.js';

/** A slip that was noticed in what was just typed, as a text of the screen with its values. */
export interface Slip {
	readonly word: keyof typeof slipWords;
	readonly values: Readonly<Record<string, string | undefined>>;
}

export interface Typed {
	readonly line: string;
	readonly output: string;
	readonly commands: readonly string[];
}

export type Rule = (typed: Typed, world: World) => Slip | undefined;

export const slip = (word: Slip['word'], values: Slip['values'] = {}): Slip => ({word, values});
