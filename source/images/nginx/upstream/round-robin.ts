import type {Directive} from '../config/configuration.js';
import type {Exchange} from '../request/exchange.js';
import type {Peer} from './peer.js';

/** ngx_http_upstream_get_peer: smooth weighted round robin among those that are `left`. */
export function roundRobin(exchange: Exchange, {args}: Directive, peers: readonly Peer[], left: ReadonlySet<Peer>): Peer | undefined {
	const name = args[0] ?? '';
	const known = exchange.nginx.memory().turns[name];
	const turns = known?.length === peers.length ? [...known] : peers.map(() => 0);
	let best: number | undefined;
	let total = 0;
	for (const [index, peer] of peers.entries()) {
		if (!left.has(peer)) continue;
		turns[index]! += peer.weight;
		total += peer.weight;
		if (best === undefined || turns[index]! > turns[best]!) best = index;
	}

	if (best === undefined) return undefined;
	turns[best]! -= total;
	exchange.nginx.remember(({turns: all}) => ({turns: {...all, [name]: turns}}));
	return peers[best];
}
