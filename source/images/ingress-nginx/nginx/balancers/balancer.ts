import type {Backend, Endpoint} from '../../configuration.js';
import type {Exchange} from '../exchange.js';
import {type Ring, ringOf} from './chash.js';

/** One of lua's balancers: which endpoint (`address:port`) a request goes to; undefined when it cannot say. */
export type Balance = (exchange: Exchange, backend: Backend) => string | undefined;

export const nodeOf = ({address, port}: Endpoint): string => `${address.includes(':') ? `[${address}]` : address}:${port}`;
export const nodesOf = (endpoints: readonly Endpoint[]): string[] => endpoints.map(nodeOf);

/** Lua's math.random(n): 1 to n, of a generator that each worker seeds for itself. */
export const luaRandom = ({context, worker}: Exchange, below: number): number =>
	context.machine.sim.random.fork(`ingress-nginx/${context.machine.hostname}/${worker}`).int(below) + 1;

/** Endpoints that this request has tried in vain. */
export const failedNodes = ({tries}: Exchange): ReadonlySet<string> => new Set(tries.map(({address}) => address));

/** Rings by the endpoints that they are made of: only a cache. */
const rings = new WeakMap<readonly Endpoint[], Ring>();

export function ringFor(endpoints: readonly Endpoint[]): Ring {
	let ring = rings.get(endpoints);
	if (!ring) rings.set(endpoints, (ring = ringOf(nodesOf(endpoints))));
	return ring;
}
