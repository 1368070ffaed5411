import type {IpSets} from '../../net/ipset/ipset.js';

export type SetName = (typeof ipSets)[number]['name'];

/** The sets of the ipvs proxier (pkg/proxy/ipvs/proxier.go ipsetInfo), with the comment its rules carry. */
export const ipSets = [
	{name: 'KUBE-LOOP-BACK', type: 'hash:ip,port,ip', comment: 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose'},
	{name: 'KUBE-CLUSTER-IP', type: 'hash:ip,port', comment: 'Kubernetes service cluster ip + port for masquerade purpose'},
	{name: 'KUBE-EXTERNAL-IP', type: 'hash:ip,port', comment: 'Kubernetes service external ip + port for masquerade and filter purpose'},
	{name: 'KUBE-EXTERNAL-IP-LOCAL', type: 'hash:ip,port', comment: 'Kubernetes service external ip + port with externalTrafficPolicy=local'},
	{name: 'KUBE-LOAD-BALANCER', type: 'hash:ip,port', comment: 'Kubernetes service lb portal'},
	{
		name: 'KUBE-LOAD-BALANCER-FW',
		type: 'hash:ip,port',
		comment: 'Kubernetes service load balancer ip + port for load balancer with sourceRange',
	},
	{
		name: 'KUBE-LOAD-BALANCER-LOCAL',
		type: 'hash:ip,port',
		comment: 'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
	},
	{
		name: 'KUBE-LOAD-BALANCER-SOURCE-IP',
		type: 'hash:ip,port,ip',
		comment: 'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
	},
	{
		name: 'KUBE-LOAD-BALANCER-SOURCE-CIDR',
		type: 'hash:ip,port,net',
		comment: 'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
	},
	{name: 'KUBE-NODE-PORT-TCP', type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port for masquerade purpose'},
	{name: 'KUBE-NODE-PORT-LOCAL-TCP', type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port with externalTrafficPolicy=local'},
	{name: 'KUBE-NODE-PORT-UDP', type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port for masquerade purpose'},
	{name: 'KUBE-NODE-PORT-LOCAL-UDP', type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port with externalTrafficPolicy=local'},
	{
		name: 'KUBE-NODE-PORT-SCTP-HASH',
		type: 'hash:ip,port',
		comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
	},
	{
		name: 'KUBE-NODE-PORT-LOCAL-SCTP-HASH',
		type: 'hash:ip,port',
		comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
	},
	{name: 'KUBE-HEALTH-CHECK-NODE-PORT', type: 'bitmap:port', comment: 'Kubernetes health check node port'},
	{name: 'KUBE-IPVS-IPS', type: 'hash:ip', comment: 'Addresses on the ipvs interface'},
] as const;

/** Wanted members by set, in the order in which they were met. */
export type Members = ReadonlyMap<SetName, ReadonlySet<string>>;

export const commentOf = (name: SetName): string => ipSets.find(set => set.name === name)!.comment;

/** The kernel takes names of 31 characters; the longest IPv6 one is cut (pkg/proxy/ipvs/ipset.go). */
export const setNameOf = (name: SetName, family: 'inet' | 'inet6'): string => (family === 'inet6' ? `6-${name}`.slice(0, 31) : name);

/** Makes missing sets and brings each set's members to what is wanted. */
export function syncSets(sets: IpSets, wanted: Members, family: 'inet' | 'inet6'): void {
	for (const {name, type} of ipSets) {
		const full = setNameOf(name, family);
		if (!sets.get(full)) sets.create(full, type, {family}, true);
		const want = wanted.get(name) ?? new Set<string>();
		const standing = new Set(sets.get(full)!.members);
		for (const entry of standing) if (!want.has(entry)) sets.remove(full, entry, true);
		for (const entry of want) if (!standing.has(entry)) sets.add(full, entry, true);
	}
}
