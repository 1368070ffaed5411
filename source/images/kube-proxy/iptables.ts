import type {Iptables} from '../../net/iptables/iptables.js';
import type {State} from '../../sim/state.js';
import {isServiceChain} from './chain-names.js';
import {forwardRules, jumps, localnetRule, markRules, nodePortJumps, postroutingRules} from './fixed-rules.js';
import {ensureJumps} from './jumps.js';
import {type PortRules, portRules} from './rules.js';
import type {PortChange, PortState} from './service-map.js';
import type {Settings} from './settings.js';
import {type ChainMarks, noteWritten, recallShared, type SharedChain, sharedChainLines, standingChains} from './shared-chains.js';

/** What a sync looks at; the IPv6 side of an IPv4 cluster sees none. */
export interface PortView {
	readonly ports: {readonly size: number; values(): Iterable<PortState>};
	endpointCount(): number;
}

export const noPorts: PortView = {ports: {size: 0, values: () => []}, endpointCount: () => 0};

/** From here on the comments inside service chains are left out, and stale chains wait for the periodic clean-up. */
const largeClusterEndpoints = 1000;

/** What is about to be written, as the log tells it: a chain that is taken away counts as one rule. */
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
	marks?: ChainMarks,
	announce: (report: SyncReport) => void = () => {},
): void {
	if (full) ensureJumps(iptables, jumps);
	const comments = map.endpointCount() <= largeClusterEndpoints;
	const rules = (state: PortState) => rulesOf(state, settings, comments);
	const kept = full || !changes.every(change => keepsShared(change, rules)) ? undefined : standingChains(iptables, settings, marks);
	const shared = kept ?? sharedChains(map, rules, settings);
	const written = full ? [...map.ports.values()] : changes.flatMap(change => change.after ?? []);
	const chains = written.flatMap(state => rules(state).chains);
	const stale = full ? leftovers(iptables, chains) : droppedChains(changes, rules);
	const own = written.flatMap(state => rules(state).chainRules);
	const declare = (name: string) => `:${name} - [0:0]`;
	const lines = (table: 'filter' | 'nat') =>
		shared.filter(chain => chain.table === table).flatMap(chain => sharedChainLines(iptables, chain, marks, full));
	const text = [
		...['*filter', ...lines('filter'), 'COMMIT'],
		...['*nat', ...chains.map(declare), ...stale.map(declare), ...lines('nat'), ...own, ...stale.map(name => `-X ${name}`), 'COMMIT', ''],
	];
	const count = (table: 'filter' | 'nat') => shared.reduce((sum, chain) => sum + (chain.table === table ? chain.rules.length : 0), 0);
	const sharedNat = shared.filter(chain => chain.table === 'nat').length;
	announce({
		filterChains: shared.length - sharedNat,
		filterRules: count('filter'),
		natChains: sharedNat + chains.length + stale.length,
		natRules: count('nat') + own.length + stale.length,
	});
	// A rule may jump to any chain of the text: all are declared before the first rule.
	iptables.restore(declaredFirst(text).join('\n'), {noflush: true, counters: true});
	noteWritten(iptables, settings, marks, shared);
}

/** To be called before the service map takes in changes. */
export function recallSync(iptables: Iptables, state: State, map: PortView, settings: Settings): void {
	const comments = map.endpointCount() <= largeClusterEndpoints;
	recallShared(iptables, state, settings, () => sharedChains(map, port => rulesOf(port, settings, comments), settings));
}

function declaredFirst(lines: readonly string[]): string[] {
	const nat = lines.indexOf('*nat');
	const sorted = (part: readonly string[]) => [...part.filter(line => line.startsWith(':')), ...part.filter(line => !line.startsWith(':'))];
	return [lines[0]!, ...sorted(lines.slice(1, nat)), '*nat', ...sorted(lines.slice(nat + 1))];
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

/** Chains that hold rules of many services, or none: each is complete here. */
function sharedChains(map: PortView, rules: (state: PortState) => PortRules, settings: Settings): SharedChain[] {
	const collect = {services: [], nodePorts: [], filterServices: [], filterExternal: [], filterNodePorts: [], filterFirewall: []} as Record<
		SharedList,
		string[]
	>;
	for (const state of map.ports.values()) {
		const own = rules(state);
		for (const list of sharedLists) for (const rule of own[list]) collect[list].push(rule);
	}

	const localnet = settings.localhostNodePorts && !settings.familyV6;
	return [
		{table: 'filter', name: 'KUBE-SERVICES', rules: collect.filterServices},
		{table: 'filter', name: 'KUBE-EXTERNAL-SERVICES', rules: collect.filterExternal},
		{table: 'filter', name: 'KUBE-FORWARD', rules: forwardRules(settings.mark, !settings.conntrackTcpLiberal)},
		{table: 'filter', name: 'KUBE-NODEPORTS', rules: collect.filterNodePorts},
		{table: 'filter', name: 'KUBE-PROXY-FIREWALL', rules: collect.filterFirewall},
		...(localnet ? [{table: 'filter', name: 'KUBE-FIREWALL', rules: [localnetRule]} as const] : []),
		{table: 'nat', name: 'KUBE-SERVICES', rules: [...collect.services, ...nodePortJumps(settings)]},
		{table: 'nat', name: 'KUBE-NODEPORTS', rules: collect.nodePorts},
		{table: 'nat', name: 'KUBE-POSTROUTING', rules: postroutingRules(settings.mark)},
		{table: 'nat', name: 'KUBE-MARK-MASQ', rules: markRules(settings.mark)},
	];
}

/** Whether a port adds the same rules to the shared chains as before: then only its own chains are at stake. */
function keepsShared({before, after}: PortChange, rules: (state: PortState) => PortRules): boolean {
	if (!before || !after) return false;
	return sharedLists.every(list => rules(before)[list].join('\n') === rules(after)[list].join('\n'));
}

const sharedLists = ['services', 'nodePorts', 'filterServices', 'filterExternal', 'filterNodePorts', 'filterFirewall'] as const;
type SharedList = (typeof sharedLists)[number];

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
