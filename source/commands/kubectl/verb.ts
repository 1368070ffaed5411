import type {Run} from '../../shell/command.js';
import type {Failure} from './failure.js';
import type {Flag} from './flags/flag.js';
import type {Values} from './flags/values.js';
import type {Session} from './session.js';

/** One verb of kubectl (or one below a verb: `create deployment`, `rollout status`). Registered in an ordered `index.ts`. */
export interface Verb {
	readonly name: string;
	readonly aliases?: readonly string[];
	/** One line of `kubectl --help`. */
	readonly summary: string;
	/** What follows `Usage:`, without `kubectl`. */
	readonly usage?: string;
	readonly flags: readonly Flag[];
	/** Deprecated flags: taken, but shown nowhere. */
	readonly hiddenFlags?: readonly Flag[];
	/** What is said of those that do more than be on their way out. */
	readonly advice?: Readonly<Record<string, string>>;
	/** What becomes of a flag that cannot be read, where a verb words it in its own way. */
	flagFailure?(error: Failure, path: string): Failure;
	/** Flags that are there only where an environment variable is `true`. */
	readonly featureFlags?: Readonly<Record<string, readonly Flag[]>>;
	/** Flags without which nothing runs, as cobra demands them. */
	readonly required?: readonly string[];
	readonly verbs?: readonly Verb[];
	/** Heading in the main help. */
	readonly group?: string;
	/** Where its help goes when it is called without a subverb, and with which status; absent: stderr and 1. */
	readonly bare?: {readonly stream: 'out' | 'err'; readonly exitCode: number};
	/** False: flags end at the first argument. */
	readonly interspersed?: boolean;
	/** Absent: only its subverbs do something. */
	run?(call: Call): Run;
	complete?(words: readonly string[], call: Completion): readonly string[];
}

/** A verb as called: its flags, its arguments, and what it works with. */
export interface Call {
	readonly verb: Verb;
	/** `kubectl create deployment`. */
	readonly path: string;
	readonly flags: Values;
	readonly args: readonly string[];
	/** How many of `args` came before `--`; -1 without one. */
	readonly dash: number;
	readonly session: Session;
}

export interface Completion {
	readonly session: Session;
}
