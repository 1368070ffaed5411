import type {Netstack} from '../../net/netstack.js';
import type {Listener, TcpConnection} from '../../net/socket.js';
import {numberOfConnection, numberOfListener} from '../../net/socket-number.js';
import {hex, hexAddress} from './proc-hex.js';

interface Row {
	readonly local: {readonly address: string; readonly port: number};
	readonly peer?: {readonly address: string; readonly port: number};
	readonly state: number;
	readonly inode: number;
	/** Jiffies of a hundredth of a second that a closed connection is still kept. */
	readonly waits?: number;
}

/** include/net/tcp_states.h */
const states: Readonly<Record<TcpConnection['state'], number>> = {
	ESTAB: 1,
	'SYN-RECV': 3,
	'FIN-WAIT-2': 5,
	'TIME-WAIT': 6,
	'CLOSE-WAIT': 8,
};
const listening = 0x0a;
/** What an unconnected UDP socket is said to be in: TCP_CLOSE. */
const unconnected = 7;

/** Sockets on all addresses of both families belong to the sixth. */
const isV6 = ({address}: Listener) => address === '*' || address === '::';

const listenerRows = (stack: Netstack, protocol: 'tcp' | 'udp', v6: boolean): Row[] =>
	stack.sockets
		.listeners()
		.filter(listener => listener.protocol === protocol && isV6(listener) === v6)
		.map(listener => ({
			local: {address: v6 ? '::' : listener.address, port: listener.port},
			state: protocol === 'tcp' ? listening : unconnected,
			inode: numberOfListener(listener),
		}));

const connectionRows = (stack: Netstack, nowMs: number): Row[] =>
	stack.sockets.connections().map(connection => ({
		...connection,
		state: states[connection.state],
		inode: connection.state === 'TIME-WAIT' ? 0 : numberOfConnection(connection),
		...(connection.expiresMs !== undefined && {waits: Math.max(0, Math.floor((connection.expiresMs - nowMs) / 10))}),
	}));

const nowhere = '0'.repeat(32);

function fields({local, peer, state, inode, waits}: Row, v6: boolean): string {
	const place = (end: Row['peer'], zero: string) => `${v6 ? nowhere : end ? hexAddress(end.address) : zero}:${hex(end?.port ?? 0, 4)}`;
	const timer = waits === undefined ? `00:${hex(0, 8)}` : `03:${hex(waits, 8)}`;
	const queues = `${hex(0, 8)}:${hex(0, 8)}`;
	return `${place(local, hex(0, 8))} ${place(peer, hex(0, 8))} ${hex(state, 2)} ${queues} ${timer} ${hex(0, 8)} ${'0'.padStart(5)} ${'0'.padStart(8)} ${inode}`;
}

const pointer = '0'.repeat(16);

function tcp(stack: Netstack, nowMs: number, v6: boolean): string {
	const rows = [...listenerRows(stack, 'tcp', v6), ...(v6 ? [] : connectionRows(stack, nowMs))];
	const title = v6
		? `  sl  ${'local_address'.padEnd(37)} ${'remote_address'.padEnd(37)} st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode`
		: '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'.padEnd(149);
	const line = (row: Row, at: number) => {
		const rest = row.waits === undefined ? `1 ${pointer} 100 0 0 10 ${row.state === listening ? 0 : -1}` : `3 ${pointer}`;
		const text = `${String(at).padStart(4)}: ${fields(row, v6)} ${rest}`;
		return `${v6 ? text : text.padEnd(149)}\n`;
	};
	return `${title}\n${rows.map(line).join('')}`;
}

function udp(stack: Netstack, v6: boolean): string {
	const title = v6
		? `  sl  ${'local_address'.padEnd(37)} ${'remote_address'.padEnd(37)} st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops`
		: '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops'.padEnd(127);
	// Numbered by the bucket of their port.
	const line = (row: Row) => {
		const text = `${String(row.local.port % 4096).padStart(5)}: ${fields(row, v6)} 2 ${pointer} 0`;
		return `${v6 ? text : text.padEnd(127)}\n`;
	};
	const rows = listenerRows(stack, 'udp', v6).sort((a, b) => (a.local.port % 4096) - (b.local.port % 4096));
	return `${title}\n${rows.map(line).join('')}`;
}

export const socketFiles: Readonly<Record<string, (stack: Netstack, nowMs: number) => string>> = {
	tcp: (stack, nowMs) => tcp(stack, nowMs, false),
	tcp6: (stack, nowMs) => tcp(stack, nowMs, true),
	udp: stack => udp(stack, false),
	udp6: stack => udp(stack, true),
};
