/** One packet. Immutable: each change of address, mark or ttl makes a new one. Addresses are dotted IPv4 text. */
export interface Packet {
	readonly protocol: 'tcp' | 'udp' | 'icmp' | 'sctp';
	readonly source: string;
	readonly destination: string;
	/** 0 for ICMP. */
	readonly sourcePort: number;
	readonly destinationPort: number;
	readonly ttl: number;
	/** netfilter mark, e.g. 0x4000 for "masquerade me". */
	readonly mark: number;
	readonly flags?: {readonly syn?: boolean; readonly ack?: boolean; readonly fin?: boolean; readonly rst?: boolean};
	readonly icmp?: {readonly type: 'echo-request' | 'echo-reply' | 'unreachable' | 'time-exceeded'; readonly code?: string; readonly id?: number; readonly sequence?: number};
	/** Length on the wire in bytes, for counters. */
	readonly length: number;
	/** Datagram payload (UDP), or a TCP segment's bytes as latin-1 text. */
	readonly payload?: string;
}
