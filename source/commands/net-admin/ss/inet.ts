import type {Namespace} from '../../../net/namespace.js';
import {tcpSegment} from '../../../net/packet.js';
import {numberOfConnection, numberOfListener} from '../../../net/socket-number.js';
import type {Listener, TcpConnection} from '../../../net/socket.js';
import {stackOf, type ToolIo} from '../tool.js';
import type {Shown} from './row.js';

/** Length of the accept queue that servers ask for. */
const backlogs: Readonly<Record<string, number>> = {nginx: 511, httpd: 511, sshd: 128, mysqld: 151, redis: 511, 'redis-server': 511};

/** A server on both families holds one socket of the sixth. */
const isBoth = (address: string) => address === '*' || address === '::';

/** UDP stands before TCP, and the kernel's lists begin with what was opened last. */
export function inetRows(io: ToolIo, wanted: {readonly listening: boolean; readonly connected: boolean}): Shown[] {
	const stack = stackOf(io);
	const rows = [
		...(wanted.listening ? [...stack.sockets.listeners()].reverse().map(listener => listenerRow(io, stack, listener)) : []),
		...(wanted.connected ? [...stack.sockets.connections()].reverse().map(connection => connectionRow(io, stack, connection)) : []),
	];
	return [...rows.filter(row => row.netid === 'udp'), ...rows.filter(row => row.netid === 'tcp')];
}

function listenerRow(io: ToolIo, stack: Namespace, listener: Listener): Shown {
	const {protocol, port, process} = listener;
	const both = isBoth(listener.address);
	const tcp = protocol === 'tcp';
	return {
		netid: protocol,
		family: both ? 'inet6' : 'inet',
		state: tcp ? 'LISTEN' : 'UNCONN',
		local: {address: both ? '*' : listener.address, port: String(port)},
		peer: {address: both ? '*' : '0.0.0.0', port: '*'},
		queue: tcp ? (backlogs[process.name] ?? 4096) : 0,
		holder: {...process, fd: 3},
		details: details(io, numberOfListener(listener), both, process.pid),
		memory: memory(tcp ? 131_072 : 212_992, tcp ? 16_384 : 212_992),
		kill: () => stack.sockets.close(protocol, listener.address, port),
	};
}

function connectionRow(io: ToolIo, stack: Namespace, connection: TcpConnection): Shown {
	const {state, local, peer, expiresMs} = connection;
	const {sockets} = stack.kernel;
	const accepted = sockets.connection(local, peer)?.handler !== undefined;
	const listener = accepted ? sockets.listenerFor('tcp', local.address, local.port) : undefined;
	const both = listener !== undefined && isBoth(listener.address);
	const end = ({address, port}: TcpConnection['local']) => ({
		address,
		port: String(port),
		...(both && {shown: `[::ffff:${address}]`}),
	});
	const row = {netid: 'tcp', family: both ? 'inet6' : 'inet', state, local: end(local), peer: end(peer), queue: 0} as const;
	const number = numberOfConnection(connection);
	if (state === 'TIME-WAIT') {
		const kill = () => sockets.dropConnection(local, peer);
		return {
			...row,
			timer: timerText((expiresMs ?? 0) - io.machine.sim.clock.now()),
			details: ` ino:0 sk:${cookie(number)}`,
			kill,
		};
	}

	const holder = listener?.process ?? keeper(io, stack, connection);
	return {
		...row,
		...(holder && {holder: {...holder, fd: listener ? 8 : 9}}),
		details: details(io, number, both, holder?.pid),
		memory: memory(131_072, sendBuffer(segmentSize(stack, connection))),
		kill() {
			sockets.dropConnection(local, peer);
			stack.kernel.send(tcpSegment(local, peer, {rst: true, ack: true}));
			stack.kernel.wire.run();
		},
	};
}

/** The connection that a host keeps open to the API server is its kubelet's. */
function keeper(io: ToolIo, stack: Namespace, {local, peer}: TcpConnection): {name: string; pid: number} | undefined {
	const kept = stack.kernel.standing().get(`${peer.address}:${peer.port}`);
	if (peer.port === 22 || kept?.port !== local.port) return undefined;
	const found = io.machine.processes.list().find(({program, container}) => program === 'kubelet' && container === '');
	return found && {name: 'kubelet', pid: found.pid};
}

function timerText(leftMs: number): string {
	const seconds = Math.max(0, Math.floor(leftMs / 1000));
	return ` timer:(timewait,${seconds >= 60 ? `${Math.floor(seconds / 60)}min${seconds % 60 ? `${seconds % 60}sec` : ''}` : `${seconds}sec`},0)`;
}

/** The kernel counts sockets from 1 when somebody first asks for their cookie. */
const cookie = (number: number) => (number % 0xf_fff).toString(16);

function details(io: ToolIo, number: number, both: boolean, pid: number | undefined): string {
	const unit = pid !== undefined && io.machine.units?.list().find(each => each.mainPid === pid);
	return ` ino:${number} sk:${cookie(number)}${unit ? ` cgroup:/system.slice/${unit.name}` : ''}${both ? ' v6only:0' : ''} <->`;
}

const memory = (receive: number, send: number) => `skmem:(r0,rb${receive},t0,tb${send},f0,w0,o0,bl0,d0)`;

function segmentSize(stack: Namespace, {peer}: TcpConnection): number {
	const device = stack.hasAddress(peer.address) ? 'lo' : stack.routes.lookup(peer.address)?.dev;
	const mtu = stack.links.list().find(({name}) => name === device)?.mtu ?? 1500;
	return Math.min(mtu, 65_535) - 52;
}

/** What a connection may hold at its start: ten segments, twice (net/ipv4/tcp_input.c, tcp_sndbuf_expand). */
function sendBuffer(segment: number): number {
	const [headers, sharedInfo, skBuff] = [320, 320, 256];
	let room = 1;
	while (room < segment + headers + sharedInfo) room *= 2;
	return 2 * 10 * (room + skBuff);
}
