import type {Jump} from './jumps.js';
import type {Settings} from './settings.js';

const newOnly = '-m conntrack --ctstate NEW';
const portals = 'kubernetes service portals';

/** In the order of pkg/proxy/iptables: each is put in front of the ones before. */
export const jumps: readonly Jump[] = [
	['filter', 'KUBE-EXTERNAL-SERVICES', 'INPUT', 'kubernetes externally-visible service portals', newOnly],
	['filter', 'KUBE-EXTERNAL-SERVICES', 'FORWARD', 'kubernetes externally-visible service portals', newOnly],
	['filter', 'KUBE-NODEPORTS', 'INPUT', 'kubernetes health check service ports', ''],
	['filter', 'KUBE-SERVICES', 'FORWARD', portals, newOnly],
	['filter', 'KUBE-SERVICES', 'OUTPUT', portals, newOnly],
	['filter', 'KUBE-FORWARD', 'FORWARD', 'kubernetes forwarding rules', ''],
	['filter', 'KUBE-PROXY-FIREWALL', 'INPUT', 'kubernetes load balancer firewall', newOnly],
	['filter', 'KUBE-PROXY-FIREWALL', 'OUTPUT', 'kubernetes load balancer firewall', newOnly],
	['filter', 'KUBE-PROXY-FIREWALL', 'FORWARD', 'kubernetes load balancer firewall', newOnly],
	['nat', 'KUBE-SERVICES', 'OUTPUT', portals, ''],
	['nat', 'KUBE-SERVICES', 'PREROUTING', portals, ''],
	['nat', 'KUBE-POSTROUTING', 'POSTROUTING', 'kubernetes postrouting rules', ''],
	['filter', 'KUBE-FIREWALL', 'INPUT', '', ''],
	['filter', 'KUBE-FIREWALL', 'OUTPUT', '', ''],
];

/** Shared with kubelet, which writes the same rule. */
export const localnetRule =
	'-m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP';

export const postroutingRules = (mark: string): string[] => [
	`-m mark ! --mark ${mark}/${mark} -j RETURN`,
	`-j MARK --xor-mark ${mark}`,
	'-m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
];

export const markRules = (mark: string): string[] => [`-j MARK --or-mark ${mark}`];

export function forwardRules(mark: string, dropInvalid: boolean): string[] {
	const rules = [
		`-m comment --comment "kubernetes forwarding rules" -m mark --mark ${mark}/${mark} -j ACCEPT`,
		'-m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
	];
	const invalid = '-m conntrack --ctstate INVALID -m nfacct --nfacct-name ct_state_invalid_dropped_pkts -j DROP';
	return dropInvalid ? [invalid, ...rules] : rules;
}

/** The last rules of nat KUBE-SERVICES: on to the node ports. */
export function nodePortJumps(settings: Settings): string[] {
	const start = '-m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain"';
	if (settings.nodePortIps) return settings.nodePortIps.map(address => `${start} -d ${address} -j KUBE-NODEPORTS`);
	const exceptLoopback = settings.familyV6 ? '! -d ::1/128 ' : settings.localhostNodePorts ? '' : '! -d 127.0.0.0/8 ';
	return [`${start} -m addrtype --dst-type LOCAL ${exceptLoopback}-j KUBE-NODEPORTS`];
}
