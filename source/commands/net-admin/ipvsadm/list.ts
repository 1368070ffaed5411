import {parseIpv4} from '../../../net/address.js';
import type {IpvsRates} from '../../../net/ipvs/rate.js';
import type {IpvsConnection, IpvsStats, RealServer, VirtualServer} from '../../../net/ipvs/ipvs.js';

/** How addresses are shown: as numbers, or by name. */
export type EndpointName = (address: string, port: number, protocol: string) => string;

export type Layout = 'plain' | 'stats' | 'rate' | 'thresholds' | 'persistent-conn';

export interface ListOptions {
	readonly layout: Layout;
	readonly exact: boolean;
	readonly sort: boolean;
	readonly name: EndpointName;
	rates(service: VirtualServer, server?: RealServer): IpvsRates;
	/** Only one service is listed: no version line. */
	readonly single: boolean;
}

const titles: Readonly<Record<Layout, string>> = {
	plain: 'Prot LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n',
	stats: 'Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n  -> RemoteAddress:Port\n',
	rate: 'Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n  -> RemoteAddress:Port\n',
	thresholds: 'Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n  -> RemoteAddress:Port\n',
	'persistent-conn': 'Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n  -> RemoteAddress:Port\n',
};

export function listServices(services: readonly VirtualServer[], options: ListOptions): string {
	const sorted = options.sort ? [...services].sort(compareServices) : services;
	const head = options.single ? '' : 'IP Virtual Server version 1.2.1 (size=4096)\n';
	return head + titles[options.layout] + sorted.map(service => serviceLines(service, options)).join('');
}

const protocolOrder = ['tcp', 'udp', 'sctp', 'fwmark'];

/** ipvsadm compares addresses as a signed difference of 32 bits, so 192.168.x comes before 10.x. */
const compareAddresses = (a: string, b: string) => ((parseIpv4(a) ?? 0) - (parseIpv4(b) ?? 0)) | 0;

export const compareServices = (a: VirtualServer, b: VirtualServer): number =>
	protocolOrder.indexOf(a.protocol) - protocolOrder.indexOf(b.protocol) || compareAddresses(a.address, b.address) || a.port - b.port;

export const compareServers = (a: RealServer, b: RealServer): number => compareAddresses(a.address, b.address) || a.port - b.port;

export const protocolNames: Readonly<Record<string, string>> = {tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', fwmark: 'FWM'};

export const serviceName = ({protocol, address, port}: VirtualServer, name: EndpointName): string =>
	protocol === 'fwmark' ? String(port) : name(address, port, protocol);

function serviceLines(service: VirtualServer, options: ListOptions): string {
	const {layout, exact, name} = options;
	const servers = options.sort ? [...service.servers].sort(compareServers) : [...service.servers].reverse();
	const title = `${protocolNames[service.protocol]!.padEnd(4)} ${serviceName(service, name)}`;
	const isNumbers = layout === 'stats' || layout === 'rate';
	const first = isNumbers
		? `${title.padEnd(33)}${layout === 'rate' ? rateNumbers(options.rates(service), exact, false) : statNumbers(service.stats, exact)}`
		: `${title} ${service.scheduler}${flags(service)}`;
	return `${first}\n${servers.map(server => serverLine(server, service, options)).join('')}`;
}

function flags(service: VirtualServer): string {
	const scheduler = service.schedulerFlags?.length ? ` (${service.schedulerFlags.join(',')})` : '';
	const persistent = service.persistentSeconds === undefined ? '' : ` persistent ${service.persistentSeconds}`;
	const mask =
		service.persistentMask === undefined || service.persistentMask === '255.255.255.255' ? '' : ` mask ${service.persistentMask}`;
	return `${scheduler}${persistent}${mask}${service.onePacket ? ' ops' : ''}`;
}

function serverLine(server: RealServer, service: VirtualServer, {layout, exact, name, rates}: ListOptions): string {
	const start = `  -> ${name(server.address, server.port, service.protocol).padEnd(28)}`;
	const pad = (value: string | number, width: number) => String(value).padEnd(width);
	const counts = `${pad(server.activeConnections, 10)} ${pad(server.inactiveConnections, 10)}`;
	if (layout === 'stats') return `${start}${statNumbers(server.stats, exact)}\n`;
	if (layout === 'rate') return `${start}${rateNumbers(rates(service, server), exact, true)}\n`;
	if (layout === 'thresholds') return `${start} ${pad(server.upperThreshold ?? 0, 10)} ${pad(server.lowerThreshold ?? 0, 10)} ${counts}\n`;
	if (layout === 'persistent-conn') return `${start} ${pad(server.weight, 9)} ${pad(server.persistentConnections, 11)} ${counts}\n`;
	return `${start} ${pad(server.forward, 7)} ${pad(server.weight, 6)} ${counts}\n`;
}

/** Of the rates of a real server the first three are never shortened. */
const rateNumbers = (rates: IpvsRates, exact: boolean, isServer: boolean): string =>
	rates.map((value, i) => (isServer && i < 3 ? ` ${String(value).padStart(8)}` : large(value, exact))).join('');

const statNumbers = (stats: IpvsStats, exact: boolean): string =>
	[stats.connections, stats.inPackets, stats.outPackets, stats.inBytes, stats.outBytes].map(value => large(value, exact)).join('');

/** Nine wide, cut off (not rounded) to thousands, millions and so on. */
export function large(value: number, exact: boolean): string {
	if (exact) return String(value).padStart(Math.max(9, String(value).length >= 9 ? String(value).length + 1 : 9));
	const steps: ReadonlyArray<readonly [below: number, divisor: number, unit: string]> = [
		[1e8, 1, ''],
		[1e9, 1e3, 'K'],
		[1e11, 1e6, 'M'],
		[1e14, 1e9, 'G'],
		[Number.POSITIVE_INFINITY, 1e12, 'T'],
	];
	const [, divisor, unit] = steps.find(([below]) => value < below)!;
	return `${Math.floor(value / divisor)}${unit}`.padStart(9);
}

export function listConnections(connections: readonly IpvsConnection[], nowMs: number, withData: boolean, name: EndpointName): string {
	const title = `pro expire state       source             virtual            destination${withData ? '        pe name          pe_data' : ''}`;
	const lines = connections.map(({protocol, state, expiresMs, client, virtual, server}) => {
		const seconds = Math.max(0, Math.ceil((expiresMs - nowMs) / 1000));
		const expire = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
		const shown = ({address, port}: {address: string; port: number}) => name(address, port, protocol);
		return `${protocolNames[protocol]!.padEnd(3)} ${expire.padEnd(6)} ${state.padEnd(11)} ${shown(client).padEnd(18)} ${shown(virtual).padEnd(18)} ${shown(server)}\n`;
	});
	return `IPVS connection entries\n${title}\n${lines.join('')}`;
}
