import type {Netstack} from '../../net/netstack.js';
import type {Machine} from '../host/machine.js';

/** The same machine, files and processes, seen with another network: what `ip netns exec` and `nsenter -n` give a command. */
export const withNetwork = (machine: Machine, stack: Netstack): Machine =>
	Object.defineProperties({} as Machine, {...Object.getOwnPropertyDescriptors(machine), stack: {value: stack, enumerable: true}});

/** The network of a container's process, by the number that it has on its host. */
export function networkOfProcess(machine: Machine, pid: number): Netstack | undefined {
	const found = machine.processes.get(pid);
	if (!found) return undefined;
	const host = machine.world.host(machine.host);
	return found.container ? machine.world.runtime(machine.host).machine(found.container)?.stack : host?.stack;
}

/** A pod's network, by its namespace; undefined while nothing runs in it. */
export function networkNamed(machine: Machine, namespace: string): Netstack | undefined {
	const runtime = machine.world.runtime(machine.host);
	for (const {id} of runtime.containers()) {
		const stack = runtime.machine(id)?.stack;
		if (stack && (stack as {readonly name?: string}).name === namespace) return stack;
	}
	return undefined;
}
