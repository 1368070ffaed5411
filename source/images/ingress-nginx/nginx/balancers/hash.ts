import {expand} from '../../../nginx/variables/variables.js';
import {type Balance, luaRandom, nodeOf, ringFor} from './balancer.js';
import {findOnRing, type Ring, ringOf} from './chash.js';

/** upstream-hash-by: the same value, the same endpoint. */
export const consistentHash: Balance = (exchange, backend) =>
	findOnRing(ringFor(backend.endpoints), expand(exchange, backend.upstreamHash.by));

/** Rings of `set1` to `set<n>` by n: only a cache. */
const setRings = new Map<number, Ring>();

function ringOfSets(count: number): Ring {
	let ring = setRings.get(count);
	if (!ring) setRings.set(count, (ring = ringOf(Array.from({length: count}, (_, i) => `set${i + 1}`))));
	return ring;
}

/** upstream-hash-by-subset: the same value, the same few endpoints; any of them. The last set is filled up from the first endpoints. */
export const subsetHash: Balance = (exchange, {endpoints, upstreamHash}) => {
	const size = Math.max(1, upstreamHash.subsetSize);
	const set = findOnRing(ringOfSets(Math.ceil(endpoints.length / size)), expand(exchange, upstreamHash.by));
	const at = (Number(set.slice(3)) - 1) * size + luaRandom(exchange, size) - 1;
	return nodeOf(endpoints[at % endpoints.length]!);
};
