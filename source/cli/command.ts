import type {ParseArgsConfig} from 'node:util';
import type {Host} from './host.js';

/** One word after `kubelab`. Each file of `cli/commands` exports one; `cli/commands/index.ts` lists them in the order of the help. */
export interface CliCommand {
	readonly name: string;
	readonly summary: string;
	/** Shown after `Usage: kubelab `. */
	readonly usage: string;
	readonly options: Readonly<Record<string, CliOption>>;
	/** How many plain words it takes. */
	readonly words: {readonly min: number; readonly max: number};
	/** Words from the first plain one on belong to another tool and are handed over untouched, its options included. */
	readonly verbatim?: boolean;
	/** The exit status. Heavy parts (ink, the labs, the cluster) are imported inside, so that the program starts at once. */
	run(words: readonly string[], options: CliOptions, host: Host): Promise<number>;
}

export type CliOption = NonNullable<ParseArgsConfig['options']>[string] & {readonly help: string; readonly value?: string};

export interface CliOptions {
	readonly [name: string]: string | boolean | undefined;
}

/** Exit statuses that every command keeps to. */
export const exitStatus = {done: 0, missed: 1, usage: 2, input: 3} as const;

/** Ends the program with one plain sentence on stderr. */
export class CliError extends Error {
	readonly exitCode: number;

	constructor(exitCode: number, message: string) {
		super(message);
		this.name = 'CliError';
		this.exitCode = exitCode;
	}
}

export const usageError = (message: string): CliError => new CliError(exitStatus.usage, message);
export const inputError = (message: string): CliError => new CliError(exitStatus.input, message);
