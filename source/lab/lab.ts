import type {CheckEntry} from '../checks/entry.js';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];
export type Translated = Readonly<Record<Language, string>>;

/** A lab as it is once its files were read and found to be valid. Plain data. */
export interface Lab {
	readonly id: string;
	readonly title: Translated;
	readonly summary: Translated;
	readonly level: 'beginner' | 'intermediate' | 'advanced';
	readonly minutes: number;
	readonly source?: string;
	readonly prerequisites: readonly string[];
	/** Profile of the cluster it starts from. */
	readonly cluster: string;
	/** Drawn from the seed, each learner's own; written `${name}` wherever the lab holds text. Empty once drawn (`variant.ts`). */
	readonly variables: Readonly<Record<string, Variable>>;
	/** One of them is drawn from the seed: blocks between `# if: NAME` and `# end` stand only where NAME was drawn. */
	readonly faults: readonly string[];
	/** A lab that draws its tasks from the seed. */
	readonly exam?: Exam;
	/** Virtual minutes after which nothing counts any more. */
	readonly minutesMax?: number;
	/** States to begin from: what the first solution has reached at its line `# checkpoint: ID`. */
	readonly checkpoints: readonly Checkpoint[];
	readonly files: readonly PlacedFile[];
	readonly objectives: readonly Objective[];
	/** The task text, Markdown. */
	readonly text: Translated;
	/** Objects applied before the learner arrives, in file order: YAML text. */
	readonly setup: readonly NamedText[];
	/** Ways to solve it, each a script. */
	readonly solutions: readonly NamedText[];
	readonly wrong: readonly WrongAnswer[];
}

export interface NamedText {
	readonly name: string;
	readonly text: string;
}

/** A common wrong answer and the ids of the objectives that it must miss, no more and no less. */
export interface WrongAnswer extends NamedText {
	readonly misses: readonly string[];
}

export interface PlacedFile {
	/** The task or fault it belongs to. */
	readonly when?: string;
	readonly on: string;
	readonly path: string;
	readonly content: string;
	/** Changes a file that is there instead: every `find` becomes `with`. */
	readonly edit?: {readonly find: string; readonly with: string};
	readonly mode?: string;
}

export type Variable =
	| {readonly pick: readonly string[]}
	/** A whole number of a range. */
	| {readonly number: {readonly min: number; readonly max: number}}
	/** `172.25.254.60-172.25.254.69`: one address of a range. */
	| {readonly address: string};

/** No hints, no demonstration; reasons are told once it is handed in. */
export interface Exam {
	readonly tasks: readonly string[];
	/** How many of the tasks are drawn. */
	readonly take: number;
}

export interface Checkpoint {
	readonly id: string;
	readonly title: Translated;
}

/** Shown one after the other, each a little nearer to the answer. */
export interface Hint {
	readonly text: Translated;
	/** Points of its objective that opening it costs. */
	readonly cost: number;
}

/** How many hints of each objective a learner has opened, by objective. */
export type OpenedHints = Readonly<Record<string, number>>;

export interface Objective {
	readonly id: string;
	/** The task or fault it belongs to: graded only where that was drawn. */
	readonly when?: string;
	readonly hints: readonly Hint[];
	readonly title: Translated;
	readonly points: number;
	/** Something that holds from the start and must not be broken: it earns its points only beside another objective. */
	readonly keep: boolean;
	readonly checks: readonly CheckEntry[];
}

/** The folder of a lab as text, by path below it. Reading it from a disk is the business of `cli`. */
export type LabFiles = ReadonlyMap<string, string>;
