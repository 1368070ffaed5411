import type {Machine} from '../node/machine.js';
import type {World} from '../node/world.js';

/** The IPv4 address a name has for this machine. */
export function resolve(_world: World, _machine: Machine, name: string): string | undefined {
	return /^\d+(\.\d+){3}$/.test(name) ? name : undefined;
}
