import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';

/** A line as Go's log package prints it. */
export const goLog = (context: ProgramContext, text: string): void => context.log(goLine(context, text), 'stderr');

export const goLine = ({machine}: ProgramContext, text: string): string =>
	`${strftime('%Y/%m/%d %H:%M:%S', machine.sim.clock.now())} ${text}`;
