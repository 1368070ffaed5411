import type {ProgramContext} from '../../node/program/program.js';
import {MetalLbError} from './family.js';
import {logLine} from './log.js';
import {type Applied, configurationFrom} from './memory.js';

export interface Adopter {
	/** The reconciler that speaks in the log. */
	readonly controller: string;
	/** Where it speaks from, on failure and on success. */
	readonly callers: readonly [string, string];
}

/** Takes a configuration over, and says so. One that does not fit together is not taken over: the one before stays. */
export function adopt<Memory extends {readonly applied?: Applied}>(
	context: ProgramContext<Memory>,
	applied: Applied,
	{controller, callers}: Adopter,
): boolean {
	try {
		configurationFrom(applied);
	} catch (error) {
		if (!(error instanceof MetalLbError)) throw error;
		logLine(context, callers[0], 'error', {controller, error: error.message, msg: 'failed to parse the configuration'});
		return false;
	}

	context.memory = {...context.memory, applied};
	logLine(context, callers[1], 'info', {controller, event: 'config reloaded', msg: 'configuration changed'});
	return true;
}
