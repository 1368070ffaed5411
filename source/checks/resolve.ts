import {resolve as resolveWaiting} from '../commands/net-client/resolve/resolve.js';
import type {Machine} from '../node/host/machine.js';

/** The first IPv4 address a name has for this machine, as its own tools would find it. */
export const resolve = (machine: Machine, name: string): string | undefined => withoutWaiting(resolveWaiting(machine, name)).addresses[0];

/** A check looks at one instant: what a tool would wait for has come or has not. */
export function withoutWaiting<T>(run: Generator<unknown, T, unknown>): T {
	for (;;) {
		const {done, value} = run.next();
		if (done) return value as T;
	}
}
