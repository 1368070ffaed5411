import type {Directive} from '../config/configuration.js';
import {logError} from '../log/error-log.js';
import type {Exchange} from '../request/exchange.js';
import type {Peer} from './peer.js';

const keyOf = ({args}: Directive, {address}: Peer): string => `${args[0]} ${address}`;

const now = ({context, elapsedMs}: Exchange): number => context.machine.sim.clock.now() + elapsedMs;

/** `max_fails`, `fail_timeout`: who has failed so often is not asked for a while; then one request tries. */
export function isUp(exchange: Exchange, upstream: Directive, peer: Peer): boolean {
	const known = exchange.nginx.memory().failures[keyOf(upstream, peer)];
	return known === undefined || peer.maxFails === 0 || known.fails < peer.maxFails || now(exchange) - known.lastMs > peer.failTimeoutMs;
}

/** Counts a failure, or forgets those before (ngx_http_upstream_free_round_robin_peer). */
export function noteHealth(exchange: Exchange, upstream: Directive, peer: Peer, failed: boolean): void {
	const key = keyOf(upstream, peer);
	const known = exchange.nginx.memory().failures[key];
	if (!failed) {
		if (known && now(exchange) - known.lastMs > peer.failTimeoutMs)
			exchange.nginx.remember(({failures}) => ({failures: Object.fromEntries(Object.entries(failures).filter(([each]) => each !== key))}));
		return;
	}

	const fails = (known?.fails ?? 0) + 1;
	exchange.nginx.remember(({failures}) => ({failures: {...failures, [key]: {fails, lastMs: now(exchange)}}}));
	if (peer.maxFails > 0 && fails >= peer.maxFails) logError(exchange, 'upstream server temporarily disabled', {level: 'warn'});
}
