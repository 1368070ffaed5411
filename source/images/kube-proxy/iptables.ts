import type {Iptables} from '../../net/iptables.js';
import {isServiceChain} from './chain-names.js';
import {filterChains, forwardRules, jumps, localnetRule, masqueradeRules, natChains, nodePortJumps} from './fixed-rules.js';
import {ensureJumps} from './jumps.js';
import {type PortRules, portRules} from './rules.js';
import type {PortChange, PortState} from './service-map.js';
import type {Settings} from './settings.js';

/** What a sync looks at; the IPv6 side of an IPv4 cluster sees none. */
export interface PortView {
	readonly ports: {values(): Iterable<PortState>};
	endpointCount(): number;
}

export const noPorts: PortView = {ports: {values: () => []}, endpointCount: () => 0};

/** From here on the comments inside service chains are left out, and stale chains wait for the periodic clean-up. */
const largeClusterEndpoints = 1000;

export interface SyncReport {
	readonly filterChains: number;
	readonly filterRules: number;
	readonly natChains: number;
	readonly natRules: number;
}

/**
 * Writes the tables as one iptables-restore run (pkg/proxy/iptables/proxier.go). A full sync also makes the jumps and writes every
 * service's chains; a partial one writes the chains of changed services only, but the shared chains always. Throws what restore throws.
 */
export function syncIptables(
	iptables: Iptables,
	map: PortView,
	settings: Settings,
	changes: readonly PortChange[],
	full: boolean,
): SyncReport {
	if (full) ensureJumps(iptables, jumps);
	const comments = map.endpointCount() <= largeClusterEndpoints;
	const rules = (state: PortState) => rulesOf(state, settings, comments);
	const shared = sharedRules(map, rules);
	const written = full ? [...map.ports.values()] : changes.flatMap(change => change.after ?? []);
	const chains = written.flatMap(state => rules(state).chains);
	const stale = full ? leftovers(iptables, chains) : droppedChains(changes, rules);
	const filter = [
		...(settings.localhostNodePorts && !settings.familyV6 ? [`-A KUBE-FIREWALL ${localnetRule}`] : []),
		...shared.filter,
		...forwardRules(settings.mark, !settings.conntrackTcpLiberal),
	];
	const nat = [
		...masqueradeRules(settings.mark),
		...shared.nat,
		...written.flatMap(state => rules(state).chainRules),
		...nodePortJumps(settings),
	];
	const declare = (name: string) => `:${name} - [0:0]`;
	const lines = [
		...['*filter', ...filterChains.map(declare), ...filter, 'COMMIT'],
		...[
			'*nat',
			...natChains.map(declare),
			...chains.map(declare),
			...stale.map(declare),
			...nat,
			...stale.map(name => `-X ${name}`),
			'COMMIT',
			'',
		],
	];
	iptables.restore(lines.join('\n'), {noflush: true, counters: true});
	return {filterChains: filterChains.length, filterRules: filter.length, natChains: natChains.length + chains.length, natRules: nat.length};
}

/** Rules follow from a port's state and the node's settings alone; both are immutable, so they are worked out once. */
const known = new WeakMap<PortState, {settings: Settings; comments: boolean; rules: PortRules}>();

function rulesOf(state: PortState, settings: Settings, comments: boolean): PortRules {
	const old = known.get(state);
	if (old?.settings === settings && old.comments === comments) return old.rules;
	const rules = portRules(state.port, state.endpoints, settings, comments);
	known.set(state, {settings, comments, rules});
	return rules;
}

function sharedRules(map: PortView, rules: (state: PortState) => PortRules): {filter: string[]; nat: string[]} {
	const filter: string[] = [];
	const nat: string[] = [];
	for (const state of map.ports.values()) {
		const own = rules(state);
		for (const rule of own.services) nat.push(rule);
		for (const rule of own.nodePorts) nat.push(rule);
		for (const rule of own.filterServices) filter.push(rule);
		for (const rule of own.filterExternal) filter.push(rule);
		for (const rule of own.filterNodePorts) filter.push(rule);
		for (const rule of own.filterFirewall) filter.push(rule);
	}

	return {filter, nat};
}

function leftovers(iptables: Iptables, wanted: readonly string[]): string[] {
	const keep = new Set(wanted);
	const standing = iptables.table('nat')?.chains.map(chain => chain.name) ?? [];
	return standing.filter(name => isServiceChain(name) && !keep.has(name));
}

function droppedChains(changes: readonly PortChange[], rules: (state: PortState) => PortRules): string[] {
	return changes.flatMap(({before, after}) => {
		const keep = new Set(after ? rules(after).chains : []);
		return before ? rules(before).chains.filter(name => !keep.has(name)) : [];
	});
}
