import {forgetUdpFlows} from './conntrack-cleanup.js';
import {listenHealthChecks} from './health.js';
import {recallSync, noPorts, type PortView, type SyncReport, syncIptables} from './iptables.js';
import type {Klog} from './klog.js';
import {syncIpvs} from './ipvs.js';
import {countUp, type ProxyContext, proxyOf, remember, type Proxier} from './memory.js';
import {ApiError} from '../../api/status.js';
import {IptablesError} from '../../net/iptables/iptables.js';
import type {PortChange} from './service-map.js';
import {v6Side} from './settings.js';

const retryMs = 30_000;

const relistMs = 10_000;

/** pkg/proxy/util: even without any change, a full sync of the iptables rules each hour. */
export const fullSyncMs = 3_600_000;

/** One sync of either proxier. */
export function syncRules(context: ProxyContext, full: boolean): void {
	const {memory} = context;
	const proxy = proxyOf(context);
	const ipvs = memory.config.mode === 'ipvs';
	const {stack, sim} = context.machine;
	if (!ipvs) recallSync(stack.iptables, sim.state, proxy.map, memory.settings!);
	const changes = readChanges(proxy);
	if (!changes) return;
	remember(context, {needRelist: false, queuedMs: 0});
	const full6 = !ipvs && proxy.nowMs - memory.lastFull6Ms > fullSyncMs;
	if (changes.length === 0 && !full && !full6 && !ipvs) return;
	countUp(context, full ? 'full' : 'partial');
	if (ipvs) syncIpvs(proxy, !memory.lastFullMs);
	else if (!writeIptables(proxy, changes, full, full6)) return;
	remember(context, {
		lastSyncMs: proxy.nowMs,
		needFull: false,
		...(full && {lastFullMs: proxy.nowMs}),
		...(full6 && {lastFull6Ms: proxy.nowMs}),
	});
	listenHealthChecks(proxy, changes);
	forgetUdpFlows(context.machine.stack.conntrack, changes);
}

/** What changed since the last sync; undefined when the API refuses to say. Then everything is listed again a little later. */
function readChanges({context, log, map}: Proxier): PortChange[] | undefined {
	try {
		return context.memory.needRelist ? map.relist() : map.apply();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const fields = {logger: 'UnhandledError', reflector: 'k8s.io/client-go/informers/factory.go:160', type: '*v1.Service'};
		log.error('reflector.go:200', 'Failed to watch', `failed to list *v1.Service: ${error.message}`, fields);
		remember(context, {needRelist: true});
		context.wake(relistMs, 'sync', {periodic: true});
		return undefined;
	}
}

/** False when iptables-restore refused: then a full sync follows half a minute later, and the changes are not lost. */
function writeIptables(proxy: Proxier, changes: readonly PortChange[], full: boolean, full6: boolean): boolean {
	const {context, log, map} = proxy;
	const {stack} = context.machine;
	const settings = context.memory.settings!;
	try {
		told(log, 'IPv4', full, map, announce =>
			syncIptables(stack.iptables, map, settings, changes, full, map.marks, report => {
				announce(report);
				const {filterRules, natRules} = report;
				remember(context, {counters: {...context.memory.counters, filterRules, natRules}});
			}),
		);
		if (full6)
			told(log, 'IPv6', true, noPorts, announce => syncIptables(stack.ip6tables, noPorts, v6Side(settings), [], true, undefined, announce));
		return true;
	} catch (error) {
		if (!(error instanceof IptablesError)) throw error;
		countUp(context, 'restoreFailures');
		remember(context, {needFull: true});
		context.wake(retryMs, 'sync', {periodic: false});
		return false;
	}
}

/** A sync of one address family, between the lines that `--v=2` adds. */
function told(
	log: Klog,
	ipFamily: string,
	fullSync: boolean,
	map: PortView,
	write: (announce: (report: SyncReport) => void) => void,
): void {
	let rules = 0;
	log.debug('proxier.go:815', 'Syncing iptables rules', {ipFamily, fullSync});
	try {
		write(({filterChains: numFilterChains, filterRules: numFilterRules, natChains: numNATChains, natRules: numNATRules}) => {
			rules = numFilterRules + numNATRules;
			const counts = {numServices: map.ports.size, numEndpoints: map.endpointCount()};
			const sizes = {numFilterChains, numFilterRules, numNATChains, numNATRules};
			log.debug('proxier.go:1551', 'Reloading service iptables data', {ipFamily, ...counts, ...sizes});
		});
	} catch (error) {
		if (!(error instanceof IptablesError)) throw error;
		log.error('proxier.go:1568', 'Failed to execute iptables-restore', `exit status ${error.exitCode}: ${error.message}\n`, {ipFamily});
		log.info('proxier.go:820', 'Sync failed', {ipFamily, retryingTime: '30s'});
		throw error;
	} finally {
		const elapsed = `${elapsedMicros(rules, fullSync) / 1000}ms`;
		log.debug('proxier.go:809', 'SyncProxyRules complete', {ipFamily, elapsed});
	}
}

/** A sync takes no virtual time; a real one takes about this long: most of it is spent on the jumps, which only a full one makes. */
const elapsedMicros = (rules: number, full: boolean) => (full ? 62_111 : 18_257) + 893 * rules;
