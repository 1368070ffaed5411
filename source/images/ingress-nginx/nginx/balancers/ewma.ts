import {type NginxContext, remember} from '../memory.js';
import {type Balance, failedNodes, luaRandom, nodesOf} from './balancer.js';

const decaySeconds = 10;
/** Two endpoints at random; the one that answered faster of late. */
const pickSet = 2;

function score(context: NginxContext, node: string, rttSeconds: number): number {
	const {score: old, touchedMs} = context.memory.nginx?.ewma[node] ?? {score: 0, touchedMs: 0};
	const passed = Math.max(0, context.machine.sim.clock.now() - touchedMs) / 1000;
	const weight = Math.exp(-passed / decaySeconds);
	return old * weight + rttSeconds * (1 - weight);
}

/** load-balance: ewma (Peak EWMA, after Finagle). */
export const ewma: Balance = (exchange, {endpoints}) => {
	const nodes = nodesOf(endpoints);
	if (nodes.length === 1) return nodes[0];
	const failed = failedNodes(exchange);
	const fresh = nodes.filter(node => !failed.has(node));
	const peers = fresh.length > 0 ? fresh : nodes;
	if (peers.length === 1) return peers[0];
	for (let i = 0; i < pickSet; i++) {
		const other = i + luaRandom(exchange, peers.length - i) - 1;
		[peers[i], peers[other]] = [peers[other]!, peers[i]!];
	}

	const [first, second] = peers as [string, string];
	return score(exchange.context, second, 0) < score(exchange.context, first, 0) ? second : first;
};

/** After the answer: the endpoint's average takes it in. */
export function touch(context: NginxContext, node: string, rttMs: number): void {
	const next = {score: score(context, node, rttMs / 1000), touchedMs: context.machine.sim.clock.now()};
	remember(context, memory => ({ewma: {...memory.ewma, [node]: next}}));
}
