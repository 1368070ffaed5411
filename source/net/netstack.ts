import type {Conntrack} from './conntrack.js';
import type {IpSets} from './ipset/ipset.js';
import type {Iptables} from './iptables/iptables.js';
import type {Ipvs} from './ipvs/ipvs.js';
import type {Links} from './link.js';
import type {Outcome} from './outcome.js';
import type {Routes} from './route.js';
import type {Sockets} from './socket.js';

/**
 * One network namespace: links, routes, tables, sockets. A view over the world's state; it holds nothing itself. Hosts and pods
 * have one each; the containers of a pod, and hostNetwork pods with their node, share one.
 */
export interface Netstack {
	/** `k8s-node1`, or `pod/<uid>`. */
	readonly name: string;
	readonly links: Links;
	readonly routes: Routes;
	readonly sockets: Sockets;
	readonly iptables: Iptables;
	readonly ip6tables: Iptables;
	readonly ipsets: IpSets;
	readonly ipvs: Ipvs;
	readonly conntrack: Conntrack;
	sysctl(name: string): string | undefined;
	setSysctl(name: string, value: string): void;
	/** TCP handshake with `host:port`, packet by packet through every table on the way. */
	connect(destination: string, port: number, options?: ConnectOptions): Connection;
	/** The same for a component that keeps its connection open: what stands is probed, else a new one is opened, and it stays. */
	reach(destination: string, port: number): Outcome;
	/**
	 * A device speaks for an address that it does not have: it answers ARP for it (MetalLB's speaker). Ends with `withdraw`, or with
	 * `sockets.closeAll(owner)`.
	 */
	announce(address: string, by: {readonly device: string; readonly owner: string}): void;
	withdraw(address: string, by: {readonly device: string}): void;
	/** One datagram and its answer, if any. */
	exchange(destination: string, port: number, payload: string, options?: ConnectOptions): Datagram;
	ping(destination: string, options?: {ttl?: number; sequence?: number; source?: string; size?: number}): Ping;
	/** True when this address belongs to one of its links that is up (or to kube-ipvs0, as Linux has it). */
	hasAddress(address: string): boolean;
}

export interface ConnectOptions {
	readonly source?: string;
	readonly sourcePort?: number;
	readonly ttl?: number;
}

/** A TCP connection as the client holds it. `exchange` sends bytes and gives back what the server's program answers. */
export interface Connection {
	readonly outcome: Outcome;
	/** As the client sees them: the destination before NAT. */
	readonly local: {readonly address: string; readonly port: number};
	readonly remote: {readonly address: string; readonly port: number};
	/**
	 * Sends `bytes` (latin-1 text) and returns the server's answer. `delayMs` is how long the server took (virtual); the caller
	 * lets that time pass. `closed` when the server closed afterwards, `reset` when it vanished.
	 */
	exchange(bytes: string): {readonly bytes: string; readonly delayMs: number; readonly end: 'open' | 'closed' | 'reset' | 'timeout'};
	close(): void;
}

export interface Datagram {
	readonly outcome: Outcome;
	readonly payload?: string;
	readonly delayMs: number;
	/** Where the answer came from, as the client sees it. */
	readonly from?: {readonly address: string; readonly port: number};
}

export interface Ping {
	readonly outcome: Outcome;
	readonly ttl?: number;
	readonly from?: string;
	/** Microseconds, drawn from a seeded stream. */
	readonly timeUs: number;
}
