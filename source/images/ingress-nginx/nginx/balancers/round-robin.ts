import {type BalancerState, remember} from '../memory.js';
import {type Balance, luaRandom, nodesOf, workerFor} from './balancer.js';

/** resty.roundrobin with equal weights: each worker goes round for itself and begins anywhere. */
export const roundRobin: Balance = (exchange, backend) => {
	const {context} = exchange;
	const key = `${workerFor(exchange)} ${backend.name}`;
	const nodes = nodesOf(backend.endpoints);
	if (nodes.length === 1) return nodes[0];
	const state: BalancerState | undefined = context.memory.nginx?.balancers[key];
	const same = state?.nodes.length === nodes.length && state.nodes.every((node, i) => node === nodes[i]);
	const before = same && state.last !== undefined ? state.last : luaRandom(exchange, nodes.length) - 1;
	const last = (before + 1) % nodes.length;
	remember(context, ({balancers}) => ({balancers: {...balancers, [key]: {nodes: same ? state.nodes : nodes, last}}}));
	return nodes[last];
};
