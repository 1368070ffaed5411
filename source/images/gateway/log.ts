import type {ProgramContext} from '../../node/program/program.js';
import {rfc3339} from '../../api/values/time.js';

type Level = 'info' | 'error' | 'debug';

/** A line of the control plane's log: zap's JSON. */
export function say(
	context: Pick<ProgramContext, 'log' | 'machine'>,
	logger: string,
	msg: string,
	fields: object = {},
	level: Level = 'info',
): void {
	const ts = rfc3339(context.machine.sim.clock.now());
	context.log(JSON.stringify({level, ts, ...(logger && {logger}), msg, ...fields}), 'stderr');
}
