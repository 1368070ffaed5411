import type {ProgramContext} from '../../node/program/program.js';
import {logLine} from './log.js';

/** Until a process has read its caches. */
export const startMs = 500;

const version = {version: '0.14.8', commit: '90fb5c2', branch: 'heads/v0.14.8', goversion: 'gc / go1.22.4 / amd64'};

/** The first line of either process. */
export function greet(context: ProgramContext, caller: string, who: 'controller' | 'speaker'): void {
	logLine(context, caller, 'info', {...version, msg: `MetalLB ${who} starting (commit ${version.commit}, branch ${version.branch})`});
}
