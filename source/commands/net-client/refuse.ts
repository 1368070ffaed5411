import type {Machine} from '../../node/machine.js';
import {type Io, notSimulatedStatus} from '../../shell/command.js';

/** What the real tool has and ours lacks: said aloud, counted, exit status 125. */
export function refuse(io: Io<Machine>, what: string): number {
	io.machine.sim.notes.notSimulated(what);
	io.err(`kubelab: not simulated: ${what}\n`);
	return notSimulatedStatus;
}
