import type {Netstack} from '../../net/netstack.js';
import {localnetRule} from './fixed-rules.js';

const canary = 'KUBE-KUBELET-CANARY';
const v4Rules = `-A KUBE-FIREWALL ${localnetRule}\n`;

/** The chains that a kubelet makes at its start, before any pod runs (pkg/kubelet/kubelet_network_linux.go). Writing them again changes nothing. */
export function kubeletChains(stack: Netstack): void {
	for (const [iptables, rules] of [
		[stack.iptables, v4Rules],
		[stack.ip6tables, ''],
	] as const) {
		const standing = (table: 'mangle' | 'nat' | 'filter', name: string) => iptables.table(table)?.chains.some(chain => chain.name === name);
		for (const table of ['mangle', 'nat', 'filter'] as const) if (!standing(table, canary)) iptables.command(['-t', table, '-N', canary]);
		if (!standing('mangle', 'KUBE-IPTABLES-HINT')) iptables.command(['-t', 'mangle', '-N', 'KUBE-IPTABLES-HINT']);
		iptables.restore(`*filter\n:KUBE-FIREWALL - [0:0]\n${rules}COMMIT\n`, {noflush: true, counters: true});
		for (const chain of ['OUTPUT', 'INPUT']) {
			if (!iptables.check('filter', chain, '-j KUBE-FIREWALL')) iptables.command(['-I', chain, '-j', 'KUBE-FIREWALL']);
		}
	}
}
