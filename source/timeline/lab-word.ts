import type {Machine} from '../node/host/machine.js';
import type {Io, Run} from '../shell/command.js';

/** What stands after `lab` in the simulated shell: one of these a file, one line in a list of them. */
export interface LabWord {
	readonly name: string;
	/** `undo [N]` */
	readonly usage: string;
	readonly summary: string;
	run(io: LabIo): Run;
	/** Candidates for its first argument. */
	complete?(): readonly string[];
}

export interface LabIo extends Io<Machine> {
	/** The words after this one. */
	readonly args: readonly string[];
	/** Says how it is used; the exit status for that. */
	usage(): number;
}
