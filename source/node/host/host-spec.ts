/** One Linux machine of the topology: plain data. */
export interface HostSpec {
	readonly name: string;
	readonly address: string;
	readonly role: 'control-plane' | 'worker' | 'outside';
	/** Everyone on the segment, for /etc/hosts. */
	readonly neighbours: ReadonlyArray<{readonly name: string; readonly address: string; readonly aliases?: readonly string[]}>;
	/** What /etc/resolv.conf names. */
	readonly nameServer: string;
	/** Absent outside the cluster. */
	readonly cluster?: ClusterSpec;
	readonly cpus?: number;
	readonly memoryKib?: number;
}

export interface ClusterSpec {
	/** `v1.33.1` */
	readonly version: string;
	/** `172.25.254.100:6443` */
	readonly apiServer: string;
	readonly podCidr: string;
	/** This node's part of it. */
	readonly nodePodCidr: string;
	readonly serviceCidr: string;
	readonly clusterDns: string;
	readonly clusterDomain: string;
}

export const cpusOf = (spec: HostSpec): number => spec.cpus ?? 2;

/** 4 GiB, less what the kernel keeps. */
export const memoryKibOf = (spec: HostSpec): number => spec.memoryKib ?? 3_880_412;
