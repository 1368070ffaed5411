import type {Flow} from '../flow.js';
import {sendError} from '../icmp.js';
import type {ConnectionRow} from './connection.js';
import type {Kernel} from '../kernel.js';
import {isIcmpError, type Packet} from '../packet.js';

/** What IPVS says of a packet: let it pass, it is lost, or it goes on to the server of a connection by a new route. */
export type Balanced = 'pass' | 'lost' | ConnectionRow;

/** LOCAL_IN (ip_vs_in): answers get the virtual address back, requests a real server. */
export function balanceInput(kernel: Kernel, flow: Flow): Balanced {
	if (unbalance(kernel, flow)) return 'pass';
	const row = connectionOf(kernel, flow);
	if (row === undefined) return 'pass';
	if (row === 'lost') return 'lost';
	const before = flow.packet;
	if (!toServer(kernel, flow, row)) return 'lost';
	if (row.forward === 'Masq' && kernel.routes.localDevice(flow.packet.destination) !== undefined) return 'pass';
	if (before.ttl <= 1) {
		sendError(kernel, {...flow, packet: before}, 'time-exceeded', 'net', `${kernel.name}: ttl exceeded`);
		return 'lost';
	}
	flow.packet = {...flow.packet, ttl: flow.packet.ttl - 1};
	return row;
}

/** LOCAL_OUT: the same for packets made on this machine. */
export function balanceOutput(kernel: Kernel, flow: Flow): Balanced {
	if (unbalance(kernel, flow)) return 'pass';
	const row = connectionOf(kernel, flow);
	if (row === undefined) return 'pass';
	return row !== 'lost' && toServer(kernel, flow, row) ? row : 'lost';
}

/** The connection a request belongs to, made anew for a first packet; undefined: not for IPVS. */
function connectionOf(kernel: Kernel, flow: Flow): ConnectionRow | 'lost' | undefined {
	const {packet} = flow;
	if (packet.protocol === 'icmp') return undefined;
	const {ipvs} = kernel;
	const isFirst = packet.protocol !== 'tcp' || (packet.flags?.syn === true && !packet.flags.ack);
	const known = ipvs.connectionTable.find(packet.protocol, packet.source, packet.sourcePort, packet.destination, packet.destinationPort);
	if (known && !known.template && !(isFirst && packet.protocol === 'tcp' && reusable(known))) {
		if (ipvs.stands(known)) return known;
		// The server is gone (expire_nodest_conn): a first packet is scheduled anew, any other is lost.
		const expires = kernel.sysctls.number('net.ipv4.vs.expire_nodest_conn') !== 0;
		if (expires) ipvs.connectionTable.remove(known);
		if (!expires || !isFirst) {
			kernel.wire.dropped(`${kernel.name}: IPVS: real server ${known.server.address}:${known.server.port} is gone`);
			return 'lost';
		}
	}
	if (!isFirst) return undefined;
	const service = ipvs.serviceFor(packet);
	if (!service) return undefined;
	const row = ipvs.schedule(service, packet);
	const name =
		service.protocol === 'fwmark' ? `FWM ${service.port}` : `${service.protocol.toUpperCase()} ${service.address}:${service.port}`;
	kernel.wire.recorder?.({
		where: kernel.name,
		hook: 'IPVS',
		text: `${name} ${service.scheduler}`,
		verdict: row ? `${row.server.address}:${row.server.port}` : 'no destination available',
		before: packet,
	});
	if (row) return row;
	sendError(kernel, flow, 'unreachable', 'port', `${kernel.name}: IPVS ${name}: no destination available`);
	return 'lost';
}

/** conn_reuse_mode: a SYN on a connection that has ended begins a new one. */
const reusable = (row: ConnectionRow) => row.state === 'TIME_WAIT' || row.state === 'FIN_WAIT' || row.state === 'CLOSE';

function toServer(kernel: Kernel, flow: Flow, row: ConnectionRow): boolean {
	const {packet} = flow;
	kernel.ipvs.follow(row, packet, 'client');
	if (row.forward === 'Tunnel') {
		kernel.wire.dropped(`${kernel.name}: IPVS tunneling is not simulated`);
		return false;
	}
	if (row.forward !== 'Masq') return true;
	const after = {...packet, destination: row.server.address, destinationPort: row.server.port};
	kernel.wire.recorder?.({where: kernel.name, hook: 'IPVS', verdict: 'to server', before: packet, after});
	flow.packet = after;
	if (kernel.sysctls.number('net.ipv4.vs.conntrack') === 0) {
		flow.tracked = undefined;
		flow.ctState = 'UNTRACKED';
	} else if (flow.tracked && !flow.tracked.confirmed) {
		// ip_vs_update_conntrack: answers will come from the real server.
		const {row: entry} = flow.tracked;
		flow.tracked.row = {...entry, reply: {...entry.reply, source: row.server.address, sourcePort: row.server.port}};
	}
	return true;
}

/** ip_vs_out: an answer of a real server gets the virtual server's address as its source. */
export function unbalance(kernel: Kernel, flow: Flow): boolean {
	const {packet} = flow;
	if (isIcmpError(packet)) return unbalanceError(kernel, flow);
	if (packet.protocol === 'icmp') return false;
	const row = kernel.ipvs.connectionTable.findReply(
		packet.protocol,
		packet.source,
		packet.sourcePort,
		packet.destination,
		packet.destinationPort,
	);
	if (row?.forward !== 'Masq') return false;
	kernel.ipvs.follow(row, packet, 'server');
	flow.packet = {...packet, source: row.virtual.address, sourcePort: row.virtual.port};
	kernel.wire.recorder?.({where: kernel.name, hook: 'IPVS', verdict: 'from server', before: packet, after: flow.packet});
	flow.balanced = true;
	return true;
}

/** ip_vs_out_icmp: the packet inside went to the real server, its sender knows the virtual one. */
function unbalanceError(kernel: Kernel, flow: Flow): boolean {
	const about = flow.packet.icmp?.about;
	const row =
		about &&
		kernel.ipvs.connectionTable.findReply(about.protocol, about.destination, about.destinationPort, about.source, about.sourcePort);
	if (!row) return false;
	const inner = {...about, destination: row.virtual.address, destinationPort: row.virtual.port};
	const packet: Packet = {
		...flow.packet,
		source: flow.packet.source === row.server.address ? row.virtual.address : flow.packet.source,
		icmp: {...flow.packet.icmp!, about: inner},
	};
	flow.packet = packet;
	flow.balanced = true;
	return true;
}
