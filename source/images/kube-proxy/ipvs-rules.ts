import {forwardRules, markRules, postroutingRules} from './fixed-rules.js';
import {commentOf, type Members, type SetName} from './ipvs-sets.js';
import type {Jump} from './jumps.js';
import type {Settings} from './settings.js';

export const ipvsChains = {
	nat: ['KUBE-SERVICES', 'KUBE-POSTROUTING', 'KUBE-NODE-PORT', 'KUBE-LOAD-BALANCER', 'KUBE-MARK-MASQ'],
	filter: [
		'KUBE-FORWARD',
		'KUBE-NODE-PORT',
		'KUBE-PROXY-FIREWALL',
		'KUBE-SOURCE-RANGES-FIREWALL',
		'KUBE-IPVS-FILTER',
		'KUBE-IPVS-OUT-FILTER',
	],
} as const;

export const ipvsJumps: readonly Jump[] = [
	['nat', 'KUBE-SERVICES', 'OUTPUT', 'kubernetes service portals', ''],
	['nat', 'KUBE-SERVICES', 'PREROUTING', 'kubernetes service portals', ''],
	['nat', 'KUBE-POSTROUTING', 'POSTROUTING', 'kubernetes postrouting rules', ''],
	['filter', 'KUBE-FORWARD', 'FORWARD', 'kubernetes forwarding rules', ''],
	['filter', 'KUBE-NODE-PORT', 'INPUT', 'kubernetes health check rules', ''],
	['filter', 'KUBE-PROXY-FIREWALL', 'INPUT', 'kube-proxy firewall rules', ''],
	['filter', 'KUBE-PROXY-FIREWALL', 'FORWARD', 'kube-proxy firewall rules', ''],
	['filter', 'KUBE-IPVS-FILTER', 'INPUT', 'kubernetes ipvs access filter', ''],
	['filter', 'KUBE-IPVS-OUT-FILTER', 'OUTPUT', 'kubernetes ipvs access filter', ''],
];

type SetRule = readonly [set: SetName, chain: string, target: string, direction: string, protocol?: string];

/** Rules that stand only while their set has members. */
const natSetRules: readonly SetRule[] = [
	['KUBE-LOOP-BACK', 'KUBE-POSTROUTING', 'MASQUERADE', 'dst,dst,src'],
	['KUBE-LOAD-BALANCER', 'KUBE-SERVICES', 'KUBE-LOAD-BALANCER', 'dst,dst'],
	['KUBE-LOAD-BALANCER-LOCAL', 'KUBE-LOAD-BALANCER', 'RETURN', 'dst,dst'],
	['KUBE-NODE-PORT-LOCAL-TCP', 'KUBE-NODE-PORT', 'RETURN', 'dst', 'tcp'],
	['KUBE-NODE-PORT-TCP', 'KUBE-NODE-PORT', 'KUBE-MARK-MASQ', 'dst', 'tcp'],
	['KUBE-NODE-PORT-LOCAL-UDP', 'KUBE-NODE-PORT', 'RETURN', 'dst', 'udp'],
	['KUBE-NODE-PORT-UDP', 'KUBE-NODE-PORT', 'KUBE-MARK-MASQ', 'dst', 'udp'],
	['KUBE-NODE-PORT-LOCAL-SCTP-HASH', 'KUBE-NODE-PORT', 'RETURN', 'dst,dst', 'sctp'],
	['KUBE-NODE-PORT-SCTP-HASH', 'KUBE-NODE-PORT', 'KUBE-MARK-MASQ', 'dst,dst', 'sctp'],
];

const filterSetRules: readonly SetRule[] = [
	['KUBE-LOAD-BALANCER-FW', 'KUBE-PROXY-FIREWALL', 'KUBE-SOURCE-RANGES-FIREWALL', 'dst,dst'],
	['KUBE-LOAD-BALANCER-SOURCE-CIDR', 'KUBE-SOURCE-RANGES-FIREWALL', 'RETURN', 'dst,dst,src'],
	['KUBE-LOAD-BALANCER-SOURCE-IP', 'KUBE-SOURCE-RANGES-FIREWALL', 'RETURN', 'dst,dst,src'],
];

/** A load-balancer address whose source ranges leave this node out: the node itself may not use it either. */
export interface ForbiddenAddress {
	readonly address: string;
	readonly protocol: string;
	readonly port: number;
}

/** Text for iptables-restore (writeIptablesRules in pkg/proxy/ipvs/proxier.go). */
export function ipvsRules(members: Members, settings: Settings, forbidden: readonly ForbiddenAddress[], setPrefix: string): string {
	const used = (set: SetName) => (members.get(set)?.size ?? 0) > 0;
	const match = (set: SetName, direction: string, comment = true) =>
		`${comment ? `-m comment --comment "${commentOf(set)}" ` : ''}-m set --match-set ${setPrefix}${set} ${direction}`;
	const setRules = (rules: readonly SetRule[]) =>
		rules
			.filter(([set]) => used(set))
			.map(
				([set, chain, target, direction, protocol]) =>
					`-A ${chain}${protocol ? ` -p ${protocol}` : ''} ${match(set, direction)} -j ${target}`,
			);
	const accepted = (['KUBE-CLUSTER-IP', 'KUBE-LOAD-BALANCER'] as const).filter(used);
	const nat = [
		`-A KUBE-SERVICES -s ${setPrefix ? '::1/128' : '127.0.0.0/8'} -j RETURN`,
		...setRules(natSetRules),
		...(used('KUBE-CLUSTER-IP') ? [`-A KUBE-SERVICES ${clusterMatch(match, settings)} -j KUBE-MARK-MASQ`] : []),
		...externalRules(used, match),
		'-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
		'-A KUBE-LOAD-BALANCER -j KUBE-MARK-MASQ',
		...accepted.map(set => `-A KUBE-SERVICES ${match(set, 'dst,dst', false)} -j ACCEPT`),
		...postroutingRules(settings.mark).map(rule => `-A KUBE-POSTROUTING ${rule}`),
		...markRules(settings.mark).map(rule => `-A KUBE-MARK-MASQ ${rule}`),
	];
	const passed = ['KUBE-LOAD-BALANCER', 'KUBE-CLUSTER-IP', 'KUBE-EXTERNAL-IP', 'KUBE-EXTERNAL-IP-LOCAL'] as const;
	const filter = [
		...setRules(filterSetRules),
		'-A KUBE-SOURCE-RANGES-FIREWALL -j DROP',
		...forwardRules(settings.mark, false).map(rule => `-A KUBE-FORWARD ${rule}`),
		`-A KUBE-NODE-PORT ${match('KUBE-HEALTH-CHECK-NODE-PORT', 'dst')} -j ACCEPT`,
		...passed.map(set => `-A KUBE-IPVS-FILTER ${match(set, 'dst,dst', false)} -j RETURN`),
		`-A KUBE-IPVS-FILTER ${match('KUBE-HEALTH-CHECK-NODE-PORT', 'dst', false)} -j RETURN`,
		`-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW ${match('KUBE-IPVS-IPS', 'dst', false)} -j REJECT`,
		...forbidden.map(
			({address, protocol, port}) =>
				`-A KUBE-IPVS-OUT-FILTER -s ${address} -m ipvs --vaddr ${address} --vproto ${protocol} --vport ${port} -j DROP`,
		),
	];
	const section = (table: 'nat' | 'filter', rules: readonly string[]) => [
		`*${table}`,
		...ipvsChains[table].map(name => `:${name} - [0:0]`),
		...rules,
		'COMMIT',
	];
	return [...section('nat', nat), ...section('filter', filter), ''].join('\n');
}

type MatchText = (set: SetName, direction: string, comment?: boolean) => string;

/** Which traffic to cluster addresses is masqueraded: all, what comes from outside the pods, or (range unknown) what a node sends to itself. */
function clusterMatch(match: MatchText, settings: Settings): string {
	if (settings.masqueradeAll) return match('KUBE-CLUSTER-IP', 'dst,dst');
	return settings.ifNotLocal ? `${match('KUBE-CLUSTER-IP', 'dst,dst')} ${settings.ifNotLocal}` : match('KUBE-CLUSTER-IP', 'src,dst');
}

function externalRules(used: (set: SetName) => boolean, match: MatchText): string[] {
	const accept = (set: SetName) => [
		`-A KUBE-SERVICES ${match(set, 'dst,dst')} -m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT`,
		`-A KUBE-SERVICES ${match(set, 'dst,dst')} -m addrtype --dst-type LOCAL -j ACCEPT`,
	];
	return [
		...(used('KUBE-EXTERNAL-IP')
			? [`-A KUBE-SERVICES ${match('KUBE-EXTERNAL-IP', 'dst,dst')} -j KUBE-MARK-MASQ`, ...accept('KUBE-EXTERNAL-IP')]
			: []),
		...(used('KUBE-EXTERNAL-IP-LOCAL') ? accept('KUBE-EXTERNAL-IP-LOCAL') : []),
	];
}
