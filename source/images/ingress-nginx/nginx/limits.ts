import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {RateLimitZone} from '../location-settings.js';
import {logError} from './error-log.js';
import {type Exchange, locationOf, type Reply, reply} from './exchange.js';
import {remember} from './memory.js';

export const within = (address: string, ranges: readonly string[]): boolean => {
	const value = parseIpv4(address);
	return ranges.some(range => {
		const prefix = parsePrefix(range);
		return value !== undefined && prefix !== undefined && inPrefix(value, prefix);
	});
};

/** limit_req and limit_conn of limit-rps, limit-rpm and limit-connections: the preaccess phase. */
export function limitRequest(exchange: Exchange): Reply | undefined {
	const limits = locationOf(exchange)?.rateLimit;
	if (!limits || within(exchange.client, limits.allowlist)) return undefined;
	const {options, context} = exchange;
	if (limits.rate > 0) context.machine.sim.notes.notSimulated('ingress-nginx: limit-rate');
	if (
		!passesBuckets(
			exchange,
			[[limits.rps, 1] as const, [limits.rpm, 60] as const].filter(([zone]) => zone.limit > 0),
		)
	)
		return reply(options.limitReqStatusCode);
	return takesConnection(exchange, limits.connections) ? undefined : reply(options.limitConnStatusCode);
}

/** ngx_http_limit_req_module: a leaky bucket in thousandths of a request, nodelay. */
function passesBuckets(exchange: Exchange, zones: ReadonlyArray<readonly [zone: RateLimitZone, seconds: number]>): boolean {
	const {context, client} = exchange;
	const now = context.machine.sim.clock.now();
	const filled: Record<string, {excess: number; lastMs: number}> = {};
	for (const [zone, seconds] of zones) {
		const key = `${zone.name} ${client}`;
		const bucket = context.memory.nginx?.buckets[key];
		const rate = Math.trunc((zone.limit * 1000) / seconds);
		const passed = bucket ? Math.max(0, now - bucket.lastMs) : 0;
		const excess = bucket ? Math.max(0, bucket.excess - Math.trunc((rate * passed) / 1000) + 1000) : 0;
		if (excess > zone.burst * 1000) {
			const text = `${Math.trunc(excess / 1000)}.${String(excess % 1000).padStart(3, '0')}`;
			logError(exchange, 'error', `limiting requests, excess: ${text} by zone "${zone.name}"`);
			return false;
		}

		filled[key] = {excess, lastMs: passed > 0 || !bucket ? now : bucket.lastMs};
	}

	if (zones.length > 0) remember(context, ({buckets}) => ({buckets: {...buckets, ...filled}}));
	return true;
}

/** ngx_http_limit_conn_module counts requests that are being answered. */
function takesConnection(exchange: Exchange, {name, limit}: RateLimitZone): boolean {
	if (limit <= 0) return true;
	const {context, client} = exchange;
	const now = context.machine.sim.clock.now();
	const key = `${name} ${client}`;
	const ends = (context.memory.nginx?.busy[key] ?? []).filter(end => end > now);
	if (ends.length >= limit) {
		logError(exchange, 'error', `limiting connections by zone "${name}"`);
		return false;
	}

	remember(context, ({busy}) => ({busy: {...busy, [key]: ends}}));
	return true;
}

/** The request is under way until its answer is there. */
export function holdConnection(exchange: Exchange): void {
	const zone = locationOf(exchange)?.rateLimit?.connections;
	if (!zone || zone.limit <= 0) return;
	const {context, client, elapsedMs} = exchange;
	const key = `${zone.name} ${client}`;
	const end = context.machine.sim.clock.now() + elapsedMs;
	remember(context, ({busy}) => ({busy: {...busy, [key]: [...(busy[key] ?? []), end]}}));
}
