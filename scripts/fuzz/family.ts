import type {Random} from '../../source/sim/random.js';

/** A kind of hostile input. A case is drawn from its own random stream, so that family, seed and number give the same input for ever. */
export interface Family {
	readonly name: string;
	/** What many cases share, e.g. a booted world. */
	open(): Promise<Target> | Target;
}

export interface Target {
	/** The input as text, for the report. */
	draw(random: Random): string;
	/** Takes the input; throws, or returns what is wrong with how it was taken. */
	take(input: string): Promise<string | undefined> | string | undefined;
	close?(): Promise<void>;
}

export interface Finding {
	readonly family: string;
	readonly seed: string;
	readonly number: number;
	readonly input: string;
	readonly problem: string;
}
