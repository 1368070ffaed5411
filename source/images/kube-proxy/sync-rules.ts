import {forgetUdpFlows} from './conntrack-cleanup.js';
import {listenHealthChecks} from './health.js';
import {recallSync, noPorts, syncIptables} from './iptables.js';
import {syncIpvs} from './ipvs.js';
import {countUp, type ProxyContext, proxyOf, remember, type Proxier} from './memory.js';
import {ApiError} from '../../api/status.js';
import {IptablesError} from '../../net/iptables/iptables.js';
import type {PortChange} from './service-map.js';
import {v6Side} from './settings.js';

const retryMs = 30_000;

const relistMs = 10_000;

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
	if (changes.length === 0 && !full && !ipvs) return;
	countUp(context, full ? 'full' : 'partial');
	if (ipvs) syncIpvs(proxy, !memory.lastFullMs);
	else if (!writeIptables(proxy, changes, full)) return;
	remember(context, {lastSyncMs: proxy.nowMs, needFull: false, ...(full && {lastFullMs: proxy.nowMs})});
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
function writeIptables({context, log, map}: Proxier, changes: readonly PortChange[], full: boolean): boolean {
	const {stack} = context.machine;
	const settings = context.memory.settings!;
	log.debug('proxier.go:815', 'Syncing iptables rules', {ipFamily: 'IPv4', fullSync: full});
	try {
		const report = syncIptables(stack.iptables, map, settings, changes, full, map.marks);
		const fields = {numServices: map.ports.size, numEndpoints: map.endpointCount()};
		const {filterChains: numFilterChains, filterRules: numFilterRules, natChains: numNATChains, natRules: numNATRules} = report;
		const counts = {...fields, numFilterChains, numFilterRules, numNATChains, numNATRules};
		log.debug('proxier.go:1551', 'Reloading service iptables data', {ipFamily: 'IPv4', ...counts});
		remember(context, {counters: {...context.memory.counters, filterRules: numFilterRules, natRules: numNATRules}});
		if (full) syncIptables(stack.ip6tables, noPorts, v6Side(settings), [], true);
		return true;
	} catch (error) {
		if (!(error instanceof IptablesError)) throw error;
		log.error('proxier.go:1558', 'Failed to execute iptables-restore', `exit status ${error.exitCode}: ${error.message}\n`, {
			ipFamily: 'IPv4',
		});
		log.info('proxier.go:824', 'Sync failed', {ipFamily: 'IPv4', retryingTime: '30s'});
		countUp(context, 'restoreFailures');
		remember(context, {needFull: true});
		context.wake(retryMs, 'sync', {periodic: false});
		return false;
	}
}
