import type {Iptables} from '../../net/iptables/iptables.js';
import {digest} from '../image/digest.js';

export interface HostPort {
	readonly hostPort: number;
	readonly containerPort: number;
	readonly protocol: string;
	/** `''`: on every address of the node. */
	readonly hostAddress: string;
}

/** Models github.com/containernetworking/plugins/plugins/meta/portmap. */
const top = 'CNI-HOSTPORT-DNAT';
const mark = 'CNI-HOSTPORT-SETMARK';
const masquerade = 'CNI-HOSTPORT-MASQ';

const chainOf = (uid: string) => `CNI-DN-${digest(`k8s-pod-network${uid}`).slice(0, 21)}`;
const entries = (uid: string, ports: readonly HostPort[]): string[] =>
	[...new Set(ports.map(port => port.protocol))].map(protocol => {
		const numbers = ports.filter(port => port.protocol === protocol).map(port => port.hostPort);
		return `-p ${protocol} -m comment --comment "dnat name: \\"k8s-pod-network\\" id: \\"${uid}\\"" -m multiport --dports ${numbers.join(',')} -j ${chainOf(uid)}`;
	});

export function addHostPorts(iptables: Iptables, uid: string, address: string, podCidr: string, ports: readonly HostPort[]): void {
	prepare(iptables);
	const chain = chainOf(uid);
	const rules = ports.flatMap(({hostPort, containerPort, protocol, hostAddress}) => {
		const match = `-p ${protocol} -m ${protocol} --dport ${hostPort}`;
		const here = hostAddress && hostAddress !== '0.0.0.0' ? `-d ${hostAddress}/32 ` : '';
		return [
			`-A ${chain} ${here}-s ${podCidr} ${match} -j ${mark}`,
			`-A ${chain} ${here}-s 127.0.0.1/32 ${match} -j ${mark}`,
			`-A ${chain} ${here}${match} -j DNAT --to-destination ${address}:${containerPort}`,
		];
	});
	iptables.restore(
		['*nat', `:${chain} - [0:0]`, ...rules, ...entries(uid, ports).map(rule => `-A ${top} ${rule}`), 'COMMIT', ''].join('\n'),
		{noflush: true},
	);
}

export function removeHostPorts(iptables: Iptables, uid: string, ports: readonly HostPort[]): void {
	const chain = chainOf(uid);
	if (!iptables.chain('nat', chain)) return;
	const present = entries(uid, ports).filter(rule => iptables.check('nat', top, rule));
	iptables.restore(['*nat', ...present.map(rule => `-D ${top} ${rule}`), `-F ${chain}`, `-X ${chain}`, 'COMMIT', ''].join('\n'), {
		noflush: true,
	});
}

/** The chains that all pods share. */
function prepare(iptables: Iptables): void {
	const jump = '-m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT';
	if (iptables.chain('nat', top) && iptables.check('nat', 'PREROUTING', jump)) return;
	iptables.restore(
		[
			'*nat',
			`:${top} - [0:0]`,
			`:${mark} - [0:0]`,
			`:${masquerade} - [0:0]`,
			`-A PREROUTING ${jump}`,
			`-A OUTPUT ${jump}`,
			`-A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j ${masquerade}`,
			`-A ${mark} -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000`,
			`-A ${masquerade} -m mark --mark 0x2000/0x2000 -j MASQUERADE`,
			'COMMIT',
			'',
		].join('\n'),
		{noflush: true},
	);
}
