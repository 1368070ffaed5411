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
	readonly on: string;
	readonly path: string;
	readonly content: string;
	readonly mode?: string;
}

export interface Objective {
	readonly id: string;
	readonly title: Translated;
	readonly points: number;
	/** Something that holds from the start and must not be broken: it earns its points only beside another objective. */
	readonly keep: boolean;
	readonly checks: readonly CheckEntry[];
}

/** The folder of a lab as text, by path below it. Reading it from a disk is the business of `cli`. */
export type LabFiles = ReadonlyMap<string, string>;
