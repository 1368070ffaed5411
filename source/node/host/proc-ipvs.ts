import type {IpvsConnection, RealServer, VirtualServer} from '../../net/ipvs/ipvs.js';
import type {Namespace} from '../../net/namespace.js';
import {hex, hexInOrder} from './proc-hex.js';
import {findModule, isLoaded} from './kernel-modules.js';

/** net/netfilter/ipvs/ip_vs_ctl.c, ip_vs_conn.c */
export const ipvsFiles: Readonly<Record<string, (stack: Namespace, nowMs: number) => string>> = {
	ip_vs: ({ipvs}) =>
		'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\n' +
		ipvs
			.services()
			.map(service => `${virtualLine(service)}${service.servers.map(realLine).join('')}`)
			.join(''),
	ip_vs_conn: ({ipvs}, nowMs) =>
		`Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData\n${ipvs
			.connections()
			.map(row => connectionLine(row, nowMs))
			.join('')}`,
	ip_vs_stats: statistics,
};

export const hasIpvs = (stack: Namespace): boolean => isLoaded(stack, findModule('ip_vs')!);

function virtualLine({protocol, address, port, scheduler, onePacket, persistentSeconds, persistentMask}: VirtualServer): string {
	const place = protocol === 'fwmark' ? `FWM  ${hex(port, 8)}` : `${protocol.toUpperCase()}  ${hexInOrder(address)}:${hex(port, 4)}`;
	const flags = `${protocol === 'fwmark' ? '' : ' '}${onePacket ? 'ops' : ''} `;
	const persistent =
		persistentSeconds === undefined ? '' : `persistent ${persistentSeconds} ${hexInOrder(persistentMask ?? '255.255.255.255')}`;
	return `${place} ${scheduler}${flags}${persistent}\n`;
}

const realLine = ({address, port, forward, weight, activeConnections, inactiveConnections}: RealServer): string => {
	const count = (value: number) => String(value).padEnd(10);
	const way = forward === 'Masq' ? 'Masq' : forward;
	return `  -> ${hexInOrder(address)}:${hex(port, 4)}      ${way.padEnd(7)} ${String(weight).padEnd(6)} ${count(activeConnections)} ${count(inactiveConnections)}\n`;
};

function connectionLine({protocol, state, expiresMs, client, virtual, server}: IpvsConnection, nowMs: number): string {
	const place = (end: {address: string; port: number}) => `${hexInOrder(end.address)} ${hex(end.port, 4)}`;
	const seconds = Math.max(0, Math.floor((expiresMs - nowMs) / 1000));
	return `${protocol.toUpperCase().padEnd(3)} ${place(client)} ${place(virtual)} ${place(server)} ${state.padEnd(11)} ${String(seconds).padStart(7)}\n`;
}

const statFields = ['connections', 'inPackets', 'outPackets', 'inBytes', 'outBytes'] as const;

/** Sums of all virtual servers, in hexadecimal. */
function statistics({ipvs}: Namespace): string {
	const services = ipvs.services();
	const row = (values: readonly number[]) => `${values.map((value, i) => hex(value, 1).padStart(i < 3 ? 8 : 16)).join(' ')}\n`;
	const totals = statFields.map(field => services.reduce((sum, {stats}) => sum + stats[field], 0));
	const rates = statFields.map((_, i) => services.reduce((sum, service) => sum + ipvs.rates(service)[i]!, 0));
	return (
		'   Total Incoming Outgoing         Incoming         Outgoing\n   Conns  Packets  Packets            Bytes            Bytes\n' +
		`${row(totals)}\n Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s\n${row(rates.map(Math.round))}`
	);
}
