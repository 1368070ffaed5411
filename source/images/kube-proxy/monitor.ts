import type {Iptables} from '../../net/iptables/iptables.js';
import {type ProxyContext, proxyOf, remember} from './memory.js';
import {sync} from './sync-runner.js';

const canary = 'KUBE-PROXY-CANARY';
/** The first one is looked at; the others only say whether it was a flush of everything. */
const tables = ['mangle', 'nat', 'filter'] as const;
const flushTimeoutMs = 5000;

const has = (iptables: Iptables, table: (typeof tables)[number]) => iptables.chain(table, canary) !== undefined;

/** Puts the canaries up and looks after them each sync period (pkg/util/iptables Monitor). */
export function startMonitor(context: ProxyContext): void {
	const {stack} = context.machine;
	for (const iptables of [stack.iptables, stack.ip6tables]) {
		const missing = tables.filter(table => !has(iptables, table));
		if (missing.length > 0)
			iptables.restore(missing.map(table => `*${table}\n:${canary} - [0:0]\nCOMMIT\n`).join(''), {noflush: true, counters: true});
	}

	context.wake(context.memory.config.syncMs, 'monitor', {periodic: true});
}

/** Somebody flushed the tables if mangle's canary is gone. With the other canaries still there it waits a little before it believes it. */
export function lookAfterCanary(context: ProxyContext): void {
	const {log, nowMs} = proxyOf(context);
	const {stack} = context.machine;
	const families = [stack.iptables, stack.ip6tables].filter(iptables => !has(iptables, 'mangle'));
	if (families.length === 0) {
		context.wake(context.memory.config.syncMs, 'monitor', {periodic: true});
		return;
	}

	const missedMs = context.memory.counters['canaryMissedMs'] ?? 0;
	const consistent = families.every(iptables => !has(iptables, 'nat') && !has(iptables, 'filter'));
	if (missedMs === 0) log.debug('iptables.go:618', 'IPTables canary deleted', {table: 'mangle', chain: canary});
	if (!consistent && missedMs === 0) {
		remember(context, {counters: {...context.memory.counters, canaryMissedMs: nowMs}});
		context.wake(flushTimeoutMs, 'canary', {periodic: true});
		return;
	}

	if (!consistent) log.debug('iptables.go:630', 'Inconsistent iptables state detected');
	log.debug('iptables.go:642', 'Reloading after iptables flush');
	const counters = {...context.memory.counters, canaryMissedMs: 0};
	const {iptables, ip6tables} = stack;
	remember(context, {
		...(families.includes(iptables) && {needFull: true}),
		...(families.includes(ip6tables) && {lastFull6Ms: 0}),
		counters,
	});
	sync(context);
	startMonitor(context);
}
