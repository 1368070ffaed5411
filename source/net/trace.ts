import type {Packet} from './packet.js';

/** One step of a packet, as data: what a tracer prints, what the packet panel shows, what `tcpdump` filters. */
export interface Hop {
	/** Namespace: a host, or `pod/<uid>`. */
	readonly where: string;
	/** A netfilter hook, or LINK (on the wire), ROUTE, ARP, CONNTRACK, IPVS, SOCKET, ICMP. */
	readonly hook: string;
	readonly table?: string;
	readonly chain?: string;
	/** From 1, as `iptables -L --line-numbers` counts. */
	readonly rule?: number;
	readonly text?: string;
	/** Device, for LINK and ROUTE. */
	readonly link?: string;
	readonly direction?: 'in' | 'out';
	readonly verdict: string;
	readonly note?: string;
	readonly before: Packet;
	readonly after?: Packet;
}

export type Recorder = (hop: Hop) => void;
