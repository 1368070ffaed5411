import type {IpSetTable} from './ipset/ipset.js';
import type {Ipvs} from './ipvs/ipvs.js';
import type {LinkTable} from './link.js';
import type {Packet} from './packet.js';
import type {RecentLists} from './iptables/recent.js';
import type {RouteTable} from './route.js';
import type {CtState, Tracked} from './conntrack.js';

export type HookName = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

/** One packet on its way through one namespace: what matches look at and targets change. */
export interface Flow {
	packet: Packet;
	hook: HookName;
	/** Device names; `''` where there is none yet. */
	inLink: string;
	outLink: string;
	/** Its conntrack entry; undefined when untracked or invalid. */
	tracked?: Tracked;
	ctState: CtState;
	/** Already balanced by IPVS: not again. */
	balanced: boolean;
	/** Made on this machine and not yet sent. */
	readonly local: boolean;
	/** How a REJECT answers, set by the target. */
	rejectWith?: string;
	/** What the `set`, `addrtype`, `recent` and `statistic` matches ask. */
	readonly kernel: FlowKernel;
}

export interface FlowKernel {
	readonly name: string;
	readonly ipsets: IpSetTable;
	readonly ipvs: Ipvs;
	readonly links: LinkTable;
	readonly routes: RouteTable;
	readonly recent: RecentLists;
	now(): number;
	/** Below 2^31, as the kernel draws it for `statistic`. */
	draw31(): number;
	nth(rule: string, every: number): number;
	/** Whether a token is left in the bucket of a `limit` match. */
	limit(rule: string, perSecond: number, burst: number): boolean;
	nat: {
		destination(flow: Flow, to: NatRange): void;
		source(flow: Flow, to: NatRange): void;
		masquerade(flow: Flow, random: boolean): void;
		redirect(flow: Flow, port: number | undefined): void;
	};
	macOf(address: string): string | undefined;
	note(what: string): void;
}

export interface NatRange {
	readonly address?: string;
	readonly portMin?: number;
	readonly portMax?: number;
	readonly random?: boolean;
}
