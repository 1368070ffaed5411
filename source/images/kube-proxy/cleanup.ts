import type {Iptables, TableName} from '../../net/iptables/iptables.js';
import type {ProgramContext} from '../../node/program/program.js';
import {isServiceChain} from './chain-names.js';
import {jumps} from './fixed-rules.js';
import {ipvsChains, ipvsJumps} from './ipvs-rules.js';
import {ipSets, setNameOf} from './ipvs-sets.js';
import {dummyDevice} from './ipvs.js';
import {jumpText, jumpWords} from './jumps.js';

/** What `--cleanup` leaves alone: they belong to kubelet too, or are marks others use. */
const kept = ['KUBE-MARK-MASQ', 'KUBE-FIREWALL'];

/** `kube-proxy --cleanup`: takes away the rules, sets and virtual servers of every mode. */
export function cleanUp(context: ProgramContext): void {
	const {stack} = context.machine;
	for (const iptables of [stack.iptables, stack.ip6tables]) removeRules(iptables);
	if (stack.links.get(dummyDevice)) {
		stack.ipvs.clear();
		stack.links.remove(dummyDevice);
	}

	for (const {name} of ipSets) {
		for (const set of [name, setNameOf(name, 'inet6')]) if (stack.ipsets.get(set)) stack.ipsets.destroy(set);
	}
}

function removeRules(iptables: Iptables): void {
	for (const [table, target, source, comment, match] of [...jumps, ...ipvsJumps]) {
		if (kept.includes(target)) continue;
		if (!iptables.check(table, source, jumpText(comment, match, target))) continue;
		iptables.command(['-t', table, '-D', source, ...jumpWords(comment, match, target)]);
	}

	for (const table of ['nat', 'filter'] as const) removeChains(iptables, table);
}

function removeChains(iptables: Iptables, table: TableName): void {
	const known = new Set(
		[...jumps.map(jump => jump[1]), 'KUBE-NODEPORTS', ...ipvsChains.nat, ...ipvsChains.filter].filter(name => !kept.includes(name)),
	);
	const names = (iptables.table(table)?.chains ?? []).map(chain => chain.name).filter(name => known.has(name) || isServiceChain(name));
	if (names.length === 0) return;
	const text = [`*${table}`, ...names.map(name => `:${name} - [0:0]`), ...names.map(name => `-X ${name}`), 'COMMIT', ''].join('\n');
	iptables.restore(text, {noflush: true, counters: true});
}
