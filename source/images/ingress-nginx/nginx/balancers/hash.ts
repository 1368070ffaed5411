import {interpolate} from '../variables.js';
import {type Balance, luaRandom, nodeOf, nodesOf} from './balancer.js';
import {findOnRing, ringFor} from './chash.js';

/** upstream-hash-by: the same value, the same endpoint. */
export const consistentHash: Balance = (exchange, backend) =>
	findOnRing(ringFor(backend.endpoints, nodesOf), interpolate(exchange, backend.upstreamHash.by));

/** upstream-hash-by-subset: the same value, the same few endpoints; any of them. */
export const subsetHash: Balance = (exchange, {endpoints, upstreamHash}) => {
	const size = Math.max(1, upstreamHash.subsetSize);
	const count = Math.ceil(endpoints.length / size);
	const set = findOnRing(
		ringFor(endpoints, () => Array.from({length: count}, (_, i) => `set${i + 1}`)),
		interpolate(exchange, upstreamHash.by),
	);
	const at = (Number(set.slice(3)) - 1) * size + luaRandom(exchange, size) - 1;
	return nodeOf(endpoints[at % endpoints.length]!);
};
