interface Endpoint {
	readonly address: string;
	readonly port: number;
}

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
	readonly icmp?: {
		readonly type: 'echo-request' | 'echo-reply' | 'unreachable' | 'time-exceeded';
		readonly code?: string;
		readonly id?: number;
		readonly sequence?: number;
		/** Of an error: the packet it is about, as the sender of the error saw it. */
		readonly about?: Tuple5;
	};
	/** A TCP segment sent only to hear whether the other side is still there; it must be acknowledged. */
	readonly probe?: boolean;
	/** Length on the wire in bytes, for counters. */
	readonly length: number;
	/** Datagram payload (UDP), or a TCP segment's bytes as latin-1 text. */
	readonly payload?: string;
}

export interface Tuple5 {
	readonly protocol: Packet['protocol'];
	readonly source: string;
	readonly destination: string;
	readonly sourcePort: number;
	readonly destinationPort: number;
}

/** ICMP echoes are tracked by their id, as if it were a port on both sides. */
export const tupleOf = (packet: Packet): Tuple5 => {
	const id = packet.icmp?.id ?? 0;
	return packet.protocol === 'icmp'
		? {protocol: 'icmp', source: packet.source, destination: packet.destination, sourcePort: id, destinationPort: id}
		: {
				protocol: packet.protocol,
				source: packet.source,
				destination: packet.destination,
				sourcePort: packet.sourcePort,
				destinationPort: packet.destinationPort,
			};
};

/** As they stand in a TCP header: FIN, SYN, RST, PSH, ACK. */
export const tcpFlags = ({flags, payload}: Packet): number =>
	(flags?.fin ? 1 : 0) | (flags?.syn ? 2 : 0) | (flags?.rst ? 4 : 0) | (payload ? 8 : 0) | (flags?.ack ? 16 : 0);

export const isIcmpError = (packet: Packet): boolean => packet.icmp?.type === 'unreachable' || packet.icmp?.type === 'time-exceeded';

/** One line, as traces and outcomes quote it. */
export const describePacket = (packet: Packet): string =>
	packet.protocol === 'icmp'
		? `icmp ${packet.icmp?.type ?? ''} ${packet.source} > ${packet.destination}`
		: `${packet.protocol} ${packet.source}:${packet.sourcePort} > ${packet.destination}:${packet.destinationPort}`;

/** Header bytes: IP 20, TCP 20 (+20 of options on a SYN, +12 otherwise), UDP 8, ICMP 8. */
export const ipLength = (protocol: Packet['protocol'], payloadBytes: number, syn = false): number =>
	20 + (protocol === 'tcp' ? (syn ? 40 : 32) : 8) + payloadBytes;

/** A TCP segment as it leaves its maker. All have the same fields in the same order: the walk reads them millions of times. */
export const tcpSegment = (
	source: Endpoint,
	destination: Endpoint,
	flags: NonNullable<Packet['flags']>,
	{ttl = 64, bytes = '', probe = false}: {ttl?: number; bytes?: string; probe?: boolean} = {},
): Packet => ({
	protocol: 'tcp',
	source: source.address,
	destination: destination.address,
	sourcePort: source.port,
	destinationPort: destination.port,
	ttl,
	mark: 0,
	flags,
	length: ipLength('tcp', bytes.length, flags.syn),
	payload: bytes || undefined,
	probe: probe || undefined,
});
