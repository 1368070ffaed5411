import type {Model} from './model.js';

/** Chains that stand on every node. */
export const fixedFilterChains: ReadonlyArray<readonly [name: string, rules: readonly string[]]> = [
	['cali-FORWARD', ['-j MARK --set-xmark 0x0/0xe0000', '-i cali+ -j cali-from-wl-dispatch', '-o cali+ -j cali-to-wl-dispatch']],
	// Only what is for the node itself: a service address on kube-ipvs0 goes on to IPVS.
	['cali-INPUT', ['-i cali+ -m set --match-set cali40this-host dst -g cali-wl-to-host', '-m mark --mark 0x10000/0x10000 -j ACCEPT']],
	['cali-OUTPUT', ['-m addrtype ! --src-type LOCAL -j cali-ipvs-forward', '-o cali+ -j RETURN']],
	['cali-wl-to-host', ['-j cali-from-wl-dispatch', '-m comment --comment "Configured DefaultEndpointToHostAction" -j ACCEPT']],
];

export const fixedNatChains: ReadonlyArray<readonly [name: string, rules: readonly string[]]> = [
	['cali-PREROUTING', ['-j cali-fip-dnat']],
	['cali-OUTPUT', ['-j cali-fip-dnat']],
	['cali-POSTROUTING', ['-j cali-fip-snat', '-j cali-nat-outgoing']],
	['cali-fip-dnat', []],
	['cali-fip-snat', []],
	[
		'cali-nat-outgoing',
		['-m set --match-set cali40masq-ipam-pools src -m set ! --match-set cali40all-ipam-pools dst -j MASQUERADE --random-fully'],
	],
];

/** Jumps put in front of built-in chains, with the hash Felix gives them. */
export const calicoJumps: ReadonlyArray<readonly [table: 'filter' | 'nat', chain: string, rule: string]> = [
	['filter', 'INPUT', '-m comment --comment "cali:Cz_u1IQiXIMmKD4c" -j cali-INPUT'],
	['filter', 'FORWARD', '-m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD'],
	['filter', 'OUTPUT', '-m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT'],
	['nat', 'PREROUTING', '-m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING'],
	['nat', 'OUTPUT', '-m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT'],
	['nat', 'POSTROUTING', '-m comment --comment "cali:O3lYWMrLQYEMJtB5" -j cali-POSTROUTING'],
];

/** Rules at the end of FORWARD: what a policy let through is let through for good. */
export const calicoTail: readonly string[] = [
	'-m comment --comment "cali:S93hcgKJrXEqnTfs" -m comment --comment "Policy explicitly accepted packet." -m mark --mark 0x10000/0x10000 -j ACCEPT',
	'-m comment --comment "cali:mp77cMpurHhyjLrM" -j MARK --set-xmark 0x10000/0x10000',
];

export function addFixedSets(model: Model, podCidr: string, hostAddresses: readonly string[]): void {
	model.sets.set('cali40masq-ipam-pools', {type: 'hash:net', members: new Set([podCidr])});
	model.sets.set('cali40all-ipam-pools', {type: 'hash:net', members: new Set([podCidr])});
	model.sets.set('cali40this-host', {type: 'hash:ip', members: new Set(hostAddresses)});
}
