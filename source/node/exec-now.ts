import type {Machine} from './machine.js';

export interface ExecNowOptions {
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
	readonly stdin?: string;
	/** Virtual time that it may take. */
	readonly timeoutMs?: number;
}

export interface ExecNowResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
	readonly timedOut: boolean;
}

/** Runs a command line to its end, at once. `images/script/` has the interpreter that does it; the cluster hands it in. */
export type ExecNow = (machine: Machine, argv: readonly string[], options: ExecNowOptions) => ExecNowResult;

/** Name of the program that interprets command lines: shells, and all commands that are not programs of their own. */
export const scriptProgram = 'script';
