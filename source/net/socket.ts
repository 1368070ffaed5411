import {recentKeys} from './recent-keys.js';
import {derived, type Space} from './space.js';
import {createSweep} from './sweep.js';

/** Listening sockets and connections of one namespace. */
export interface Sockets {
	listeners(): readonly Listener[];
	/** Throws an Error `address already in use` when the port is taken. */
	listen(listener: Listener): void;
	close(protocol: 'tcp' | 'udp', address: string, port: number): void;
	/** Closes all that belongs to an owner, e.g. a container that ended. */
	closeAll(owner: string): void;
	/** TCP connections as `ss -t` shows them, TIME-WAIT included. */
	connections(): readonly TcpConnection[];
}

export interface Listener {
	readonly protocol: 'tcp' | 'udp';
	/** `0.0.0.0`, `127.0.0.1`, or one address; `*` listens on IPv4 and IPv6. */
	readonly address: string;
	readonly port: number;
	/** Which server answers: the wire hands the bytes to the handler registered under this name (`network.onService`). */
	readonly handler: string;
	/** Whose it is: `<machine>/<pid>` or a container id; passed on to the handler. */
	readonly owner: string;
	/** For `ss -p` and `netstat -p`. */
	readonly process: {readonly name: string; readonly pid: number};
}

export interface TcpConnection {
	readonly state: 'ESTAB' | 'TIME-WAIT' | 'CLOSE-WAIT' | 'FIN-WAIT-2' | 'SYN-RECV';
	readonly local: {readonly address: string; readonly port: number};
	readonly peer: {readonly address: string; readonly port: number};
	readonly expiresMs?: number;
}

/** A server's answer to bytes that arrived; synchronous, may itself send packets (a proxy does). */
export type ServiceHandler = (request: ServiceRequest) => ServiceAnswer;

export interface ServiceRequest {
	/** From `Listener.owner`. */
	readonly owner: string;
	readonly bytes: string;
	/** As the server sees them, after NAT. */
	readonly local: {readonly address: string; readonly port: number};
	readonly peer: {readonly address: string; readonly port: number};
}

export interface ServiceAnswer {
	readonly bytes: string;
	readonly delayMs?: number;
	readonly end?: 'open' | 'closed' | 'reset' | 'timeout';
}

export interface ConnectionRecord extends TcpConnection {
	/** Of the server's side: who answers. */
	readonly handler?: string;
	readonly owner?: string;
}

export interface SocketTable extends Sockets {
	/** The listener for a destination: the exact address before the wildcard. */
	listenerFor(protocol: 'tcp' | 'udp', address: string, port: number): Listener | undefined;
	connection(local: Endpoint, peer: Endpoint): ConnectionRecord | undefined;
	putConnection(record: ConnectionRecord): void;
	dropConnection(local: Endpoint, peer: Endpoint): void;
	/** Ports of this machine that a local connection to `peer` cannot take. */
	portInUse(address: string, port: number, peer: Endpoint): boolean;
}

export interface Endpoint {
	readonly address: string;
	readonly port: number;
}

const isWildcard = (address: string) => address === '0.0.0.0' || address === '*' || address === '::';
const endsKey = recentKeys((_, address, port, peer, peerPort) => `${address}:${port} ${peer}:${peerPort}`);
const connectionKey = (local: Endpoint, peer: Endpoint) => endsKey('', local.address, local.port, peer.address, peer.port);

export function createSockets(space: Space): SocketTable {
	const listening = space.table<Listener>('listeners');
	const records = space.table<ConnectionRecord>('connections');
	const sweeping = createSweep(space, 'connections', 256);
	const byPort = derived(listening, () => {
		const map = new Map<string, Listener[]>();
		for (const listener of listening().values()) {
			const key = `${listener.protocol} ${listener.port}`;
			map.set(key, [...(map.get(key) ?? []), listener]);
		}
		return map;
	});
	const alive = (record: ConnectionRecord | undefined) =>
		record && (record.expiresMs === undefined || record.expiresMs > space.sim.clock.now()) ? record : undefined;
	const onPort = (protocol: string, port: number) => byPort().get(`${protocol} ${port}`) ?? [];

	return {
		listeners: () => [...listening().values()],
		listen(listener) {
			const clash = onPort(listener.protocol, listener.port).some(
				each => each.address === listener.address || isWildcard(each.address) || isWildcard(listener.address),
			);
			if (clash) throw new Error('address already in use');
			listening().set(`${listener.protocol} ${listener.address} ${listener.port}`, listener);
		},
		close(protocol, address, port) {
			listening().delete(`${protocol} ${address} ${port}`);
		},
		closeAll(owner) {
			for (const [key, listener] of [...listening().entries()]) if (listener.owner === owner) listening().delete(key);
			for (const [key, record] of [...records().entries()]) if (record.owner === owner) records().delete(key);
		},
		connections: () => [...records().values()].filter(record => alive(record) && record.state !== 'SYN-RECV'),
		listenerFor(protocol, address, port) {
			const found = onPort(protocol, port);
			return found.find(each => each.address === address) ?? found.find(each => isWildcard(each.address));
		},
		connection: (local, peer) => alive(records().get(connectionKey(local, peer))),
		putConnection(record) {
			if (sweeping.isDue(records().size)) {
				for (const [key, each] of [...records().entries()]) if (!alive(each)) records().delete(key);
				sweeping.done(records().size);
			}
			records().set(connectionKey(record.local, record.peer), record);
		},
		dropConnection: (local, peer) => void records().delete(connectionKey(local, peer)),
		portInUse: (address, port, peer) => alive(records().get(connectionKey({address, port}, peer))) !== undefined,
	};
}
