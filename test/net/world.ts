import {createNetwork} from '../../source/net/network.js';
import {createSim} from '../../source/sim/sim.js';

/** A world with nothing in it but namespaces. */
export function world(seed = 'net') {
	const sim = createSim(seed);
	return {sim, network: createNetwork(sim)};
}
