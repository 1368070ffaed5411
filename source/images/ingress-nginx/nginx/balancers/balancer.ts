import type {Backend, Endpoint} from '../../configuration.js';
import type {Exchange} from '../../../nginx/request/exchange.js';
import {workerOf} from '../worker.js';
import {type Ring, ringOf} from './chash.js';

/** One of lua's balancers: which endpoint (`address:port`) a request goes to; undefined when it cannot say. */
export type Balance = (exchange: Exchange, backend: Backend) => string | undefined;

export const nodeOf = ({address, port}: Endpoint): string => `${address.includes(':') ? `[${address}]` : address}:${port}`;
export const nodesOf = (endpoints: readonly Endpoint[]): string[] => endpoints.map(nodeOf);

/** Lua's math.random(n): 1 to n, of a generator that each worker seeds for itself. */
export const luaRandom = (exchange: Exchange, below: number): number => {
	const {sim, hostname} = exchange.context.machine;
	return sim.random.fork(`ingress-nginx/${hostname}/${workerFor(exchange)}`).int(below) + 1;
};

/** The worker that accepted the connection. */
export const workerFor = ({peer, context}: Exchange): number =>
	workerOf(peer, Number(context.memory.nginx.configuration.options.workerProcesses) || 2);

/** Endpoints that this request has tried in vain. */
export const failedNodes = ({tries}: Exchange): ReadonlySet<string> => new Set(tries.map(({address}) => address));

/** Rings by the endpoints that they are made of: only a cache. */
const rings = new WeakMap<readonly Endpoint[], Ring>();

export function ringFor(endpoints: readonly Endpoint[]): Ring {
	let ring = rings.get(endpoints);
	if (!ring) rings.set(endpoints, (ring = ringOf(nodesOf(endpoints))));
	return ring;
}
