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
		const declared = (table: 'mangle' | 'nat' | 'filter', names: readonly string[]) =>
			names
				.filter(name => !iptables.chain(table, name))
				.map(name => `:${name} - [0:0]\n`)
				.join('');
		const jumps = ['OUTPUT', 'INPUT']
			.filter(chain => !iptables.check('filter', chain, '-j KUBE-FIREWALL'))
			.map(chain => `-I ${chain} 1 -j KUBE-FIREWALL\n`);
		const text = [
			`*mangle\n${declared('mangle', [canary, 'KUBE-IPTABLES-HINT'])}COMMIT\n`,
			`*nat\n${declared('nat', [canary])}COMMIT\n`,
			`*filter\n:KUBE-FIREWALL - [0:0]\n${declared('filter', [canary])}${rules}${jumps.join('')}COMMIT\n`,
		];
		iptables.restore(text.join(''), {noflush: true, counters: true});
	}
}
