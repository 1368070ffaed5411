import type {Table} from '../../sim/state.js';
import {createIndex} from '../secondary-index.js';
import type {IpvsConnection} from './ipvs.js';
import type {Packet} from '../packet.js';
import type {Space} from '../space.js';
import {createSweep} from '../sweep.js';
import {recentKeys} from '../recent-keys.js';

export interface ConnectionRow extends IpvsConnection {
	/** Key of the virtual server it was scheduled by, and of the real one. */
	readonly service: string;
	/** Remembers the choice for a persistent client; its client port is 0. */
	readonly template: boolean;
	readonly forward: 'Masq' | 'Route' | 'Tunnel' | 'Local';
}

/** The connection table of IPVS. Rows end by themselves at `expiresMs`. */
export interface Connections {
	find(protocol: string, clientAddress: string, clientPort: number, virtualAddress: string, virtualPort: number): ConnectionRow | undefined;
	/** By an answer on its way back. */
	findReply(
		protocol: string,
		serverAddress: string,
		serverPort: number,
		clientAddress: string,
		clientPort: number,
	): ConnectionRow | undefined;
	put(row: ConnectionRow): void;
	remove(row: ConnectionRow): void;
	live(): ConnectionRow[];
	isEmpty(): boolean;
	/** To see whether anything changed. */
	table(): Table<ConnectionRow>;
	clear(): void;
}

const keyOf = recentKeys((protocol, one, onePort, other, otherPort) => `${protocol} ${one}:${onePort} ${other}:${otherPort}`);
const primaryOf = ({protocol, client, virtual}: IpvsConnection) =>
	keyOf(protocol, client.address, client.port, virtual.address, virtual.port);

export function createConnections(space: Space): Connections {
	const rows = space.table<ConnectionRow>('ipvs-connections');
	const replies = createIndex(
		rows,
		({protocol, client, server, template}) =>
			template ? undefined : keyOf(protocol, server.address, server.port, client.address, client.port),
		(a, b) => a.server === b.server && a.client === b.client && a.template === b.template,
	);
	const sweeping = createSweep(space, 'ipvs-connections', 512);
	const now = () => space.sim.clock.now();
	const alive = (row: ConnectionRow | undefined) => (row && row.expiresMs > now() ? row : undefined);
	return {
		find: (protocol, address, port, virtual, virtualPort) => alive(rows().get(keyOf(protocol, address, port, virtual, virtualPort))),
		findReply(protocol, server, serverPort, client, clientPort) {
			const key = replies.get(keyOf(protocol, server, serverPort, client, clientPort));
			return key === undefined ? undefined : alive(rows().get(key));
		},
		put(row) {
			if (sweeping.isDue(rows().size)) {
				for (const [key, each] of [...rows().entries()]) if (!alive(each)) replies.remove(key);
				sweeping.done(rows().size);
			}
			replies.put(primaryOf(row), row);
		},
		remove: row => replies.remove(primaryOf(row)),
		live: () => [...rows().values()].filter(row => row.expiresMs > now()),
		table: rows,
		isEmpty: () => rows().size === 0,
		clear: () => rows().clear(),
	};
}

const columns = [
	'NONE',
	'ESTABLISHED',
	'SYN_SENT',
	'SYN_RECV',
	'FIN_WAIT',
	'TIME_WAIT',
	'CLOSE',
	'CLOSE_WAIT',
	'LAST_ACK',
	'LISTEN',
	'SYNACK',
];
const short: Readonly<Record<string, string>> = {
	NO: 'NONE',
	ES: 'ESTABLISHED',
	SS: 'SYN_SENT',
	SR: 'SYN_RECV',
	FW: 'FIN_WAIT',
	TW: 'TIME_WAIT',
	CL: 'CLOSE',
	CW: 'CLOSE_WAIT',
	LA: 'LAST_ACK',
	LI: 'LISTEN',
	SA: 'SYNACK',
};

/** net/netfilter/ipvs/ip_vs_proto_tcp.c, tcp_states: the next state by the present one, for packets of the client and of the server. */
const transitions = {
	client: {
		syn: 'SR ES ES SR SR SR SR SR SR SR SR',
		fin: 'CL CW SS TW TW TW CL CW LA LI TW',
		ack: 'ES ES SS ES FW TW CL CW CL LI ES',
		rst: 'CL CL CL SR CL CL CL CL LA LI SR',
	},
	server: {
		syn: 'SS ES SS SR SS SS SS SS SS LI SR',
		fin: 'TW FW SS TW FW TW CL TW LA LI TW',
		ack: 'ES ES SS SR FW TW CL CW LA ES ES',
		rst: 'CL CL SS CL CL TW CL CL CL CL CL',
	},
} as const;

export function nextIpvsState(state: string, flags: NonNullable<Packet['flags']>, from: 'client' | 'server'): string {
	const kind = flags.rst ? 'rst' : flags.syn ? 'syn' : flags.fin ? 'fin' : flags.ack ? 'ack' : undefined;
	if (!kind) return state;
	return short[transitions[from][kind].split(' ')[columns.indexOf(state)] ?? 'CL']!;
}

/** Seconds, as ip_vs_proto_tcp.c has them; ESTABLISHED, FIN_WAIT and UDP follow `ipvsadm --set`. */
const stateSeconds: Readonly<Record<string, number>> = {
	NONE: 2,
	SYN_SENT: 120,
	SYN_RECV: 60,
	TIME_WAIT: 120,
	CLOSE: 10,
	CLOSE_WAIT: 60,
	LAST_ACK: 30,
	LISTEN: 120,
	SYNACK: 120,
};

export function stateTimeoutMs(state: string, [tcp, tcpFin, udp]: readonly [number, number, number]): number {
	if (state === 'ESTABLISHED') return tcp * 1000;
	if (state === 'FIN_WAIT') return tcpFin * 1000;
	if (state === 'UDP') return udp * 1000;
	return stateSeconds[state]! * 1000;
}

/** Counted as ActiveConn; everything else, and all of UDP, is InActConn. */
export const isActive = (state: string): boolean =>
	state === 'ESTABLISHED' || state === 'SYN_SENT' || state === 'SYN_RECV' || state === 'SYNACK';
