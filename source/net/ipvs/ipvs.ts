/** The kernel's IP Virtual Server of one namespace. `ipvsadm`, kube-proxy, the panel and the packet walk read the same rows. */
export interface Ipvs {
	/** Virtual servers in the order they were added. */
	services(): readonly VirtualServer[];
	service(id: VirtualServerId): VirtualServer | undefined;
	/** Throw an `IpvsError` with the kernel's reason as `ipvsadm` words it. */
	addService(id: VirtualServerId, options: VirtualServerOptions): void;
	editService(id: VirtualServerId, options: VirtualServerOptions): void;
	deleteService(id: VirtualServerId): void;
	addServer(id: VirtualServerId, server: RealServerSpec): void;
	editServer(id: VirtualServerId, server: RealServerSpec): void;
	deleteServer(id: VirtualServerId, server: {address: string; port: number}): void;
	clear(): void;
	zero(id?: VirtualServerId): void;
	/** Live entries only; expired ones are gone at the time of the call. */
	connections(): readonly IpvsConnection[];
	/** Seconds: tcp, tcpfin, udp. */
	timeouts(): readonly [number, number, number];
	setTimeouts(tcp: number, tcpFin: number, udp: number): void;
}

export interface VirtualServerId {
	readonly protocol: 'tcp' | 'udp' | 'sctp' | 'fwmark';
	readonly address: string;
	/** The mark for `fwmark`. */
	readonly port: number;
}

export interface VirtualServerOptions {
	/** rr wrr lc wlc lblc lblcr dh sh sed nq mh fo ovf */
	readonly scheduler: string;
	/** `sh-port`, `sh-fallback`, `mh-port`, `mh-fallback` */
	readonly schedulerFlags?: readonly string[];
	/** Seconds; absent: not persistent. */
	readonly persistentSeconds?: number;
	readonly persistentMask?: string;
	readonly onePacket?: boolean;
}

export interface VirtualServer extends VirtualServerId, VirtualServerOptions {
	readonly servers: readonly RealServer[];
	readonly stats: IpvsStats;
}

export interface RealServerSpec {
	readonly address: string;
	readonly port: number;
	readonly weight: number;
	readonly forward: 'Masq' | 'Route' | 'Tunnel' | 'Local';
	readonly upperThreshold?: number;
	readonly lowerThreshold?: number;
}

export interface RealServer extends RealServerSpec {
	readonly activeConnections: number;
	readonly inactiveConnections: number;
	readonly persistentConnections: number;
	readonly stats: IpvsStats;
}

export interface IpvsStats {
	readonly connections: number;
	readonly inPackets: number;
	readonly outPackets: number;
	readonly inBytes: number;
	readonly outBytes: number;
}

export interface IpvsConnection {
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly state: string;
	readonly expiresMs: number;
	readonly client: {readonly address: string; readonly port: number};
	readonly virtual: {readonly address: string; readonly port: number};
	readonly server: {readonly address: string; readonly port: number};
}

export class IpvsError extends Error {
	readonly reason: 'exists' | 'no-service' | 'destination-exists' | 'no-destination' | 'no-scheduler' | 'invalid';

	constructor(reason: IpvsError['reason'], message: string) {
		super(message);
		this.name = 'IpvsError';
		this.reason = reason;
	}
}
