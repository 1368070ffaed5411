import {settings, word} from '../config/levels.js';
import {logError} from '../log/error-log.js';
import {expand} from '../variables/variables.js';
import {type Exchange, reply, type Reply} from './exchange.js';

/** The preaccess phase: limit_req, then limit_conn. */
export function limitRequest(exchange: Exchange): Reply | undefined {
	const {levels} = exchange;
	if (!passesBuckets(exchange)) return reply(Number(word('limit_req_status', levels) ?? 503));
	return connectionsOf(exchange).every(zone => takesConnection(exchange, zone))
		? undefined
		: reply(Number(word('limit_conn_status', levels) ?? 503));
}

/** `rate=5r/s`, `rate=30r/m`: thousandths of a request in a second. */
function rateOf(args: readonly string[]): number {
	const match = /^rate=(\d+)r\/([sm])$/.exec(args.find(each => each.startsWith('rate=')) ?? '');
	return match ? Math.trunc((Number(match[1]) * 1000) / (match[2] === 'm' ? 60 : 1)) : 1000;
}

/** ngx_http_limit_req_module: leaky buckets in thousandths of a request; without `nodelay` what is above the rate has to wait. */
function passesBuckets(exchange: Exchange): boolean {
	const {context, nginx, levels} = exchange;
	const now = context.machine.sim.clock.now();
	const filled: Record<string, {excess: number; lastMs: number}> = {};
	let waitMs = 0;
	for (const {args} of settings('limit_req', levels)) {
		const name = /^zone=(.+)$/.exec(args.find(each => each.startsWith('zone=')) ?? '')?.[1] ?? '';
		const zone = nginx.table.zones.get(name);
		const value = zone ? expand(exchange, zone.args[0]!) : '';
		if (!zone || value === '') continue;
		const key = `${name} ${value}`;
		const rate = rateOf(zone.args);
		const burst = 1000 * Number(args.find(each => each.startsWith('burst='))?.slice(6) ?? 0);
		const bucket = nginx.memory().buckets[key];
		const passed = bucket ? Math.max(0, now - bucket.lastMs) : 0;
		const excess = bucket ? Math.max(0, bucket.excess - Math.trunc((rate * passed) / 1000) + 1000) : 0;
		if (excess > burst) {
			logError(exchange, `limiting requests, excess: ${thousandths(excess)} by zone "${name}"`);
			return false;
		}

		filled[key] = {excess, lastMs: passed > 0 || !bucket ? now : bucket.lastMs};
		const free = args.includes('nodelay') ? burst : 1000 * Number(args.find(each => each.startsWith('delay='))?.slice(6) ?? 0);
		if (excess <= free) continue;
		logError(exchange, `delaying request, excess: ${thousandths(excess)}, by zone "${name}"`, {level: 'warn'});
		waitMs = Math.max(waitMs, Math.trunc(((excess - free) * 1000) / rate));
	}

	exchange.elapsedMs += waitMs;
	if (Object.keys(filled).length > 0) nginx.remember(({buckets}) => ({buckets: {...buckets, ...filled}}));
	return true;
}

const thousandths = (excess: number): string => `${Math.trunc(excess / 1000)}.${String(excess % 1000).padStart(3, '0')}`;

interface Zone {
	readonly name: string;
	readonly key: string;
	readonly limit: number;
}

const connectionsOf = (exchange: Exchange): readonly Zone[] =>
	settings('limit_conn', exchange.levels).flatMap(({args: [name = '', limit]}) => {
		const zone = exchange.nginx.table.zones.get(name);
		const value = zone ? expand(exchange, zone.args[0]!) : '';
		return value === '' ? [] : [{name, key: `${name} ${value}`, limit: Number(limit)}];
	});

/** ngx_http_limit_conn_module counts requests that are being answered. */
function takesConnection(exchange: Exchange, {name, key, limit}: Zone): boolean {
	const {context, nginx} = exchange;
	const now = context.machine.sim.clock.now();
	const ends = (nginx.memory().busy[key] ?? []).filter(end => end > now);
	if (ends.length >= limit) {
		logError(exchange, `limiting connections by zone "${name}"`);
		return false;
	}

	nginx.remember(({busy}) => ({busy: {...busy, [key]: ends}}));
	return true;
}

/** The request is under way until its answer is there. */
export function holdConnection(exchange: Exchange): void {
	const {context, nginx, elapsedMs} = exchange;
	const end = context.machine.sim.clock.now() + elapsedMs;
	for (const {key} of connectionsOf(exchange)) nginx.remember(({busy}) => ({busy: {...busy, [key]: [...(busy[key] ?? []), end]}}));
}
