import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import type {ProgramContext} from '../../../node/program/program.js';
import type {GoFlags} from '../go/flags.js';

/** One of the small programs that agnhost is (kubernetes: test/images/agnhost). */
export interface Subcommand {
	readonly name: string;
	/** Flags that take no value. */
	readonly booleans?: readonly string[];
	start(context: ProgramContext, flags: GoFlags): void;
	serve?(context: ProgramContext, request: ServiceRequest, flags: GoFlags): ServiceAnswer;
	wake?(context: ProgramContext, key: string): void;
	/** Absent: it ends with 2, as a Go program does that is the first process of its container. */
	signal?(context: ProgramContext, signal: string): void;
}

/** It has done its work, and waited for others that long. */
export function endAfter(context: ProgramContext, tookMs: number, exitCode: number): void {
	// Somebody lets the time pass himself: `kubectl exec`, a probe.
	if (context.memory?.atOnce) {
		context.memory = {...context.memory, tookMs};
		context.exit(exitCode);
	} else if (tookMs === 0) context.exit(exitCode);
	else context.wake(tookMs, `exit ${exitCode}`);
}

export const numberOf = (flags: GoFlags, name: string, otherwise: number): number => Number(flags.values.get(name) ?? otherwise);
export const isSet = (flags: GoFlags, name: string, otherwise = false): boolean => (flags.values.get(name) ?? String(otherwise)) === 'true';
