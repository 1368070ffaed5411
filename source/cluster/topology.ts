/** Who is on the wire, and which ranges the cluster uses. Data: a profile may bring another one. */
export interface Topology {
	readonly kubernetesVersion: string;
	readonly nodes: readonly NodeHost[];
	/** Hosts outside the cluster, on the same segment. */
	readonly outside: readonly OutsideHost[];
	/** The shared Ethernet segment, its router included. */
	readonly lan: {readonly cidr: string; readonly prefix: number; readonly gateway: string};
	readonly podCidr: string;
	readonly serviceCidr: string;
	readonly clusterDns: string;
	readonly clusterDomain: string;
	readonly apiServerPort: number;
}

export interface NodeHost {
	readonly name: string;
	readonly address: string;
	readonly podCidr: string;
	readonly controlPlane: boolean;
}

export interface OutsideHost {
	readonly name: string;
	readonly address: string;
	/** Further names it answers to, for /etc/hosts. */
	readonly aliases: readonly string[];
}

const lan = {cidr: '172.25.254.0/24', prefix: 24, gateway: '172.25.254.2'};
const ranges = {
	kubernetesVersion: 'v1.33.1',
	lan,
	podCidr: '10.244.0.0/16',
	serviceCidr: '10.96.0.0/12',
	clusterDns: '10.96.0.10',
	clusterDomain: 'cluster.local',
	apiServerPort: 6443,
};

export const threeNodes: Topology = {
	...ranges,
	nodes: [
		{name: 'k8s-master', address: '172.25.254.100', podCidr: '10.244.0.0/24', controlPlane: true},
		{name: 'k8s-node1', address: '172.25.254.10', podCidr: '10.244.1.0/24', controlPlane: false},
		{name: 'k8s-node2', address: '172.25.254.20', podCidr: '10.244.2.0/24', controlPlane: false},
	],
	outside: [{name: 'reg', address: '172.25.254.250', aliases: ['reg.lilee.org', 'reg.timinglee.org']}],
};

/** The three nodes and as many more workers as asked for (at most 200 hold a /24 each in the pod range and an address on the segment). */
export function withNodes(count: number): Topology {
	if (!Number.isInteger(count) || count < 1 || count > 150) throw new RangeError(`a cluster has 1 to 150 nodes, not ${count}`);
	const more = Array.from({length: Math.max(0, count - 3)}, (_, i) => ({
		name: `k8s-node${i + 3}`,
		address: `172.25.254.${addressAfter(i)}`,
		podCidr: `10.244.${i + 3}.0/24`,
		controlPlane: false,
	}));
	return {...threeNodes, nodes: [...threeNodes.nodes.slice(0, count), ...more]};
}

const taken = new Set([2, 10, 20, 100, 250]);
const free = Array.from({length: 251}, (_, i) => i + 3).filter(last => !taken.has(last) && (last < 50 || last > 99));
const addressAfter = (index: number) => free[index]!;

export function apiServerEndpoint(topology: Topology): string {
	const master = topology.nodes.find(node => node.controlPlane) ?? topology.nodes[0]!;
	return `${master.address}:${topology.apiServerPort}`;
}
