import {isIcmpError, type Packet, type Tuple5, tupleOf} from './packet.js';
import {recentKeys} from './recent-keys.js';
import {createIndex} from './secondary-index.js';
import type {Space} from './space.js';
import {createSweep} from './sweep.js';
import type {Sysctls} from './sysctl.js';
import {nextTcpState, tcpStart, type TcpState} from './tcp/state.js';

/** Flows that netfilter knows in one namespace. Entries end by themselves at `expiresMs`. */
export interface Conntrack {
	entries(): readonly ConntrackEntry[];
	/** Forgets the entries for which `where` holds; returns how many. */
	delete(where: (entry: ConntrackEntry) => boolean): number;
	flush(): void;
}

export interface ConntrackEntry {
	readonly protocol: 'tcp' | 'udp' | 'icmp' | 'sctp';
	readonly state: string;
	readonly expiresMs: number;
	readonly original: Tuple;
	readonly reply: Tuple;
	readonly mark: number;
	/** No answer seen yet. */
	readonly unreplied: boolean;
	readonly assured: boolean;
}

export interface Tuple {
	readonly source: string;
	readonly destination: string;
	readonly sourcePort: number;
	readonly destinationPort: number;
}

/** As kept: `nat` holds the bits of `nat-bits.ts`. */
export interface ConntrackRow extends ConntrackEntry {
	readonly nat: number;
}

export type ConntrackListener = (before: ConntrackEntry | undefined, now: ConntrackEntry | undefined) => void;

export interface ConntrackTable extends Conntrack {
	/** What the packet belongs to, before any translation here. Starts an entry for a first packet; INVALID has none. */
	track(packet: Packet): {state: CtState; tracked?: Tracked};
	/** Enters a new entry; false when the table is full. */
	confirm(tracked: Tracked): boolean;
	/** Writes a changed row of an entry that is confirmed. */
	store(tracked: Tracked): void;
	/** Tells of every entry that begins, changes or ends (then without `now`), until the returned function is called. */
	follow(listener: ConntrackListener): () => void;
	/** Whether another flow's answers would look like this. */
	replyTaken(protocol: Packet['protocol'], reply: Tuple, except: Tuple): boolean;
}

const tupleKey = recentKeys(
	(protocol, source, sourcePort, destination, destinationPort) => `${protocol} ${source} ${sourcePort} ${destination} ${destinationPort}`,
);
const keyOf = (protocol: string, {source, sourcePort, destination, destinationPort}: Tuple): string =>
	tupleKey(protocol, source, sourcePort, destination, destinationPort);

export const inverted = ({source, destination, sourcePort, destinationPort}: Tuple): Tuple => ({
	source: destination,
	destination: source,
	sourcePort: destinationPort,
	destinationPort: sourcePort,
});

const name = (suffix: string) => `net.netfilter.nf_conntrack_${suffix}`;
/** The setting that says how long an entry in this state lives. */
const timeoutNames = {
	SYN_SENT: name('tcp_timeout_syn_sent'),
	SYN_RECV: name('tcp_timeout_syn_recv'),
	ESTABLISHED: name('tcp_timeout_established'),
	FIN_WAIT: name('tcp_timeout_fin_wait'),
	CLOSE_WAIT: name('tcp_timeout_close_wait'),
	LAST_ACK: name('tcp_timeout_last_ack'),
	TIME_WAIT: name('tcp_timeout_time_wait'),
	CLOSE: name('tcp_timeout_close'),
	icmp: name('icmp_timeout'),
	udp: name('udp_timeout'),
	udpStream: name('udp_timeout_stream'),
};

export function createConntrack(space: Space, sysctls: Sysctls): ConntrackTable {
	const rows = space.table<ConntrackRow>('conntrack');
	const replies = createIndex(
		rows,
		row => keyOf(row.protocol, row.reply),
		(a, b) => a.reply === b.reply,
	);
	const sweeping = createSweep(space, 'conntrack', 512);
	const now = () => space.sim.clock.now();
	const live = (row: ConntrackRow | undefined) => (row && row.expiresMs > now() ? row : undefined);
	const timeout = (name: keyof typeof timeoutNames) => sysctls.number(timeoutNames[name]) * 1000;
	const listeners: ConntrackListener[] = [];
	const put = (row: ConntrackRow) => {
		const key = keyOf(row.protocol, row.original);
		if (listeners.length > 0) for (const listener of listeners) listener(rows().get(key), row);
		replies.put(key, row);
	};
	const remove = (key: string) => {
		if (listeners.length > 0) for (const listener of listeners) listener(rows().get(key), undefined);
		replies.remove(key);
	};
	const sweep = () => {
		for (const [key, row] of [...rows().entries()]) if (!live(row)) remove(key);
		sweeping.done(rows().size);
	};

	const find = (protocol: string, tuple: Tuple): Tracked | undefined => {
		const key = keyOf(protocol, tuple);
		const own = live(rows().get(key));
		if (own) return {row: own, reply: false, confirmed: true};
		const original = replies.get(key);
		const row = original === undefined ? undefined : live(rows().get(original));
		return row && {row, reply: true, confirmed: true};
	};

	const advance = (tracked: Tracked, packet: Packet): CtState => {
		const {row, reply} = tracked;
		const unreplied = row.unreplied && !reply;
		const move = (state: string, assured: boolean, lifetime: keyof typeof timeoutNames) => {
			const expiresMs = now() + timeout(lifetime);
			// Most packets of an exchange come in one instant and find the entry as they would leave it.
			if (row.state === state && row.assured === assured && row.unreplied === unreplied && row.expiresMs === expiresMs) return;
			tracked.row = {...row, unreplied, state, assured, expiresMs};
			if (tracked.confirmed) put(tracked.row);
		};
		if (packet.protocol === 'tcp') {
			const next = nextTcpState(row.state, packet.flags ?? {}, reply);
			if (next === undefined) return 'INVALID';
			move(next, row.assured || (next === 'ESTABLISHED' && !unreplied), next as keyof typeof timeoutNames);
		} else if (packet.protocol === 'icmp') move(row.state, row.assured, 'icmp');
		else {
			// A second packet of an answered UDP flow makes it a stream (kernel: two seconds later at the earliest).
			const assured = row.assured || (!row.unreplied && !reply);
			move(row.state, assured, assured ? 'udpStream' : 'udp');
		}

		return reply || !tracked.row.unreplied ? 'ESTABLISHED' : 'NEW';
	};

	const begin = (packet: Packet, tuple: Tuple5): {state: CtState; tracked?: Tracked} => {
		const {protocol, ...original} = tuple;
		if (protocol === 'icmp' && packet.icmp?.type !== 'echo-request') return {state: 'INVALID'};
		const state = protocol === 'tcp' ? tcpStart(packet.flags ?? {}, sysctls.number('net.netfilter.nf_conntrack_tcp_loose') !== 0) : '';
		if (state === undefined) return {state: 'INVALID'};
		const lifetime = protocol === 'tcp' ? timeout(state as TcpState) : timeout(protocol === 'icmp' ? 'icmp' : 'udp');
		const row: ConntrackRow = {
			protocol,
			state,
			expiresMs: now() + lifetime,
			original,
			reply: inverted(original),
			mark: 0,
			unreplied: true,
			assured: false,
			nat: 0,
		};
		return {state: 'NEW', tracked: {row, reply: false, confirmed: false}};
	};

	return {
		entries: () => [...rows().values()].filter(row => row.expiresMs > now()),
		delete(where) {
			let count = 0;
			for (const [key, row] of [...rows().entries()]) {
				if (!live(row)) remove(key);
				else if (where(row)) {
					remove(key);
					count++;
				}
			}
			return count;
		},
		flush() {
			if (listeners.length > 0) for (const row of rows().values()) for (const listener of listeners) listener(row, undefined);
			rows().clear();
		},
		follow(listener) {
			listeners.push(listener);
			return () => void listeners.splice(listeners.indexOf(listener), 1);
		},
		track(packet) {
			if (isIcmpError(packet)) {
				const about = packet.icmp!.about;
				const tracked = about && find(about.protocol, inverted(about));
				return tracked ? {state: 'RELATED', tracked} : {state: 'INVALID'};
			}
			const tuple = tupleOf(packet);
			const tracked = find(tuple.protocol, tuple);
			// A SYN on a closed connection begins a new one in its place.
			const reopened =
				tracked &&
				!tracked.reply &&
				packet.flags?.syn &&
				!packet.flags.ack &&
				(tracked.row.state === 'TIME_WAIT' || tracked.row.state === 'CLOSE');
			if (tracked && reopened) remove(keyOf(tracked.row.protocol, tracked.row.original));
			if (!tracked || reopened) return begin(packet, tuple);
			const state = advance(tracked, packet);
			return state === 'INVALID' ? {state} : {state, tracked};
		},
		confirm(tracked) {
			if (tracked.confirmed) return true;
			if (sweeping.isDue(rows().size)) sweep();
			if (rows().size >= sysctls.number('net.netfilter.nf_conntrack_max')) return false;
			tracked.confirmed = true;
			put(tracked.row);
			return true;
		},
		store(tracked) {
			if (tracked.confirmed) put(tracked.row);
		},
		replyTaken(protocol, reply, except) {
			const key = keyOf(protocol, reply);
			const original = replies.get(key);
			if (original !== undefined && original !== keyOf(protocol, except) && live(rows().get(original))) return true;
			return live(rows().get(key)) !== undefined;
		},
	};
}

export type CtState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';

export interface Tracked {
	row: ConntrackRow;
	readonly reply: boolean;
	/** In the table already; else it is entered when the packet leaves or arrives. */
	confirmed: boolean;
}
