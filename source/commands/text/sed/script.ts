import type {Substitution} from './substitution.js';

export type Address =
	| {readonly kind: 'line'; readonly line: number}
	| {readonly kind: 'last'}
	| {readonly kind: 'step'; readonly first: number; readonly step: number}
	/** An absent pattern is the one used last. */
	| {readonly kind: 'regex'; readonly regex: RegExp | undefined};

/** `addr1,addr2`, `addr1,+N` and `addr1,~N`. */
export type RangeEnd = Address | {readonly kind: 'lines'; readonly count: number} | {readonly kind: 'multiple'; readonly of: number};

export interface Instruction {
	readonly name: string;
	readonly from: Address | undefined;
	readonly to: RangeEnd | undefined;
	readonly negated: boolean;
	/** Text of a, i, c; file of r, R, w, W; label of : b t T; command of e. */
	readonly text: string;
	/** Number of q, Q, l. */
	readonly number: number | undefined;
	readonly substitution: Substitution | undefined;
	/** Characters that y puts in place of others. */
	readonly table: ReadonlyMap<string, string> | undefined;
	/** Where the block of a `{` ends, or its `}` began. */
	jump: number;
}

export interface Script {
	readonly instructions: readonly Instruction[];
	readonly labels: ReadonlyMap<string, number>;
	/** Files that w writes: they are emptied before anything runs. */
	readonly outputs: ReadonlySet<string>;
}

/** A mistake in a script or a run, with the exit status it ends with. */
export class SedError extends Error {
	readonly status: number;

	constructor(message: string, status = 1) {
		super(message);
		this.status = status;
	}
}
