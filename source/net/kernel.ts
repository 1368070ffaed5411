import type {Table} from '../sim/state.js';
import type {ConntrackTable} from './conntrack.js';
import type {Flow, FlowKernel} from './flow.js';
import type {RuleBase} from './iptables/table.js';
import type {IpvsTable} from './ipvs/table.js';
import type {Link, LinkTable} from './link.js';
import type {createNat} from './nat.js';
import type {Neighbours} from './neighbour.js';
import type {IcmpUnreachable} from './outcome.js';
import type {Packet, Tuple5} from './packet.js';
import type {PolicyRules} from './policy-rule.js';
import type {RouteTable} from './route.js';
import type {Endpoint, ServiceHandler, SocketTable} from './socket.js';
import type {Space} from './space.js';
import type {Speakers} from './speaker.js';
import type {Sysctls} from './sysctl.js';
import type {Recorder} from './trace.js';
import type {Traffic} from './traffic.js';

/** The networking of one namespace as the packet walk sees it. All of it are views over the world's state. */
export interface Kernel extends FlowKernel {
	readonly space: Space;
	readonly wire: Wire;
	readonly links: LinkTable;
	readonly routes: RouteTable;
	readonly policy: PolicyRules;
	readonly sockets: SocketTable;
	readonly sysctls: Sysctls;
	readonly neighbours: Neighbours;
	readonly traffic: Traffic;
	readonly conntrack: ConntrackTable;
	readonly rules: RuleBase;
	readonly rules6: RuleBase;
	readonly ipvs: IpvsTable;
	readonly nat: ReturnType<typeof createNat>;
	receive(arrival: Arrival): void;
	/** A packet made here. `carry`: of an answer to a flow, what netfilter knows of that. */
	send(packet: Packet, rest?: Rest, carry?: Pick<Flow, 'tracked' | 'ctState'>): SendFailure | undefined;
	/** A whole number below `count`, from the seeded stream. */
	drawSmall(count: number): number;
	/** Connections that components of this machine keep open, by where they lead (`reach`). */
	standing(): Table<Endpoint>;
	/** Calls in progress here that wait for an answer, inner ones last. Empty between two calls. */
	readonly waiting: Waiting[];
}

/** A few at most: comparing fields is cheaper than a key made for every packet. */
export interface Waiting {
	readonly sent: Tuple5;
	take(answer: Answer): void;
}

/** What a local caller gets back from the wire. */
export type Answer =
	| {readonly kind: 'packet'; readonly packet: Packet; readonly delayMs: number; readonly end: 'open' | 'closed' | 'reset' | 'timeout'}
	| {
			readonly kind: 'error';
			readonly from: string;
			readonly type: 'unreachable' | 'time-exceeded';
			readonly code: IcmpUnreachable;
			readonly by: string;
	  };

/** What all namespaces share. */
export interface Wire {
	readonly recorder: Recorder | undefined;
	/** Shows every step to `recorder` until the returned function is called. */
	watch(recorder: Recorder): () => void;
	/** Names who swallowed a packet, for the outcome. */
	dropped(by: string): void;
	readonly lastDrop: string;
	clearDrop(): void;
	/** Does it after what is under way. */
	later(step: () => void): void;
	/** Servers have been asking servers for too long. */
	readonly isTooDeep: boolean;
	/** Runs what waits, until nothing does. */
	run(): void;
	kernel(namespace: string): Kernel | undefined;
	/** Moves with every change of a device, a cable or a machine's power: who is on a wire stays the same between two moves. */
	readonly topology: number;
	hasPower(namespace: string): boolean;
	/** Ethernet devices plugged into a segment. */
	stations(segment: string): ReadonlyArray<{namespace: string; link: string}>;
	/** Who speaks for an address without having it. */
	announcers(address: string): ReadonlyArray<{namespace: string; link: string}>;
	readonly speakers: Speakers;
	handler(name: string): ServiceHandler | undefined;
	/** Microseconds for a round trip, drawn from a seeded stream. */
	roundTripUs(hops: number): number;
}

export interface Arrival {
	readonly packet: Packet;
	readonly link: Link;
	/** Of a packet that loops back: what netfilter knew of it already. */
	readonly carry?: Pick<Flow, 'tracked' | 'ctState' | 'balanced'>;
	/** Virtual milliseconds the server took so far. */
	readonly delayMs?: number;
	readonly end?: 'open' | 'closed' | 'reset' | 'timeout';
	/** Of an ICMP error: the rule or route that caused it. */
	readonly by?: string;
}

/** What travels beside a packet and is not in its bytes. */
export type Rest = Pick<Arrival, 'delayMs' | 'end' | 'by'>;

/** Why a packet could not leave at all; absent: it left, or was dropped on the way. */
export type SendFailure = {readonly code: IcmpUnreachable; readonly by: string};
