import type {Machine} from '../host/machine.js';
import type {ExecNowOptions, ExecNowResult} from '../runtime.js';

/** Runs a command line to its end, at once. `images/script/` has the interpreter that does it; the cluster hands it in. */
export type ExecNow = (machine: Machine, argv: readonly string[], options: ExecNowOptions) => ExecNowResult;

/** Name of the program that interprets command lines: shells, and all commands that are not programs of their own. */
export const scriptProgram = 'script';
