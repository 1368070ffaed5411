import {formatIpv4, maskOf, parseIpv4} from '../address.js';
import type {Packet} from '../packet.js';
import type {Space} from '../space.js';
import type {Sysctls} from '../sysctl.js';
import {type ConnectionRow, type Connections, stateTimeoutMs} from './connection.js';
import type {Counts} from './counts.js';
import type {RealServerSpec} from './ipvs.js';
import {type Candidate, type Cursor, schedulers} from './scheduler.js';
import {serverKey, type ServiceRow, serviceKey} from './service-row.js';

export interface SchedulingParts {
	readonly space: Space;
	readonly sysctls: Sysctls;
	readonly connections: Connections;
	readonly counts: () => Counts;
	/** Seconds: established TCP, TCP after FIN, UDP. */
	readonly timeouts: () => readonly [number, number, number];
}

export interface Scheduling {
	/** Chooses a real server and enters the connection; undefined: none is available (ip_vs_core.c, ip_vs_schedule). */
	schedule(service: ServiceRow, packet: Packet): ConnectionRow | undefined;
	/** The scheduler begins anew, or counts this server as the one that it chose last. */
	restart(service: string, last?: string): void;
	lastOf(service: string): string | undefined;
	clear(): void;
}

interface Entry {
	readonly server: {readonly address: string; readonly port: number};
	readonly forward: RealServerSpec['forward'];
	readonly template: boolean;
	readonly expiresMs: number;
}

export function createScheduling({space, sysctls, connections, counts, timeouts}: SchedulingParts): Scheduling {
	const cursors = space.table<Cursor>('ipvs-cursors');
	const now = () => space.sim.clock.now();

	const pick = (service: ServiceRow, packet: Packet): RealServerSpec | undefined => {
		const key = serviceKey(service);
		const candidates = candidatesOf(service, asksForCounts(service) ? counts() : undefined);
		if (candidates.length === 0) return undefined;
		const choose = schedulers[service.scheduler] ?? schedulers['rr']!;
		const asked = {client: packet.source, clientPort: packet.sourcePort, virtual: packet.destination, flags: service.schedulerFlags ?? []};
		const {server, cursor} = choose(candidates, cursors().get(key) ?? {}, asked);
		if (cursor) cursors().set(key, cursor);
		return server && service.servers.find(each => serverKey(each) === server.key);
	};
	const enter = (service: ServiceRow, packet: Packet, {server, forward, template, expiresMs}: Entry): ConnectionRow => {
		const row: ConnectionRow = {
			protocol: packet.protocol as ConnectionRow['protocol'],
			state: packet.protocol === 'udp' && !template ? 'UDP' : 'NONE',
			expiresMs,
			client: {address: template ? masked(packet.source, service.persistentMask) : packet.source, port: template ? 0 : packet.sourcePort},
			virtual: {address: packet.destination, port: template && service.port === 0 ? 0 : packet.destinationPort},
			server,
			service: serviceKey(service),
			template,
			forward,
		};
		connections.put(row);
		return row;
	};
	/** A template binds a client to a server until its time is up and no connection of it is left (ip_vs_sched_persist). */
	const persistent = (service: ServiceRow, packet: Packet): RealServerSpec | undefined => {
		const client = masked(packet.source, service.persistentMask);
		const port = service.port === 0 ? 0 : packet.destinationPort;
		const standing = connections.find(packet.protocol, client, 0, packet.destination, port);
		const server =
			standing &&
			service.servers.find(each => each.address === standing.server.address && (service.port === 0 || each.port === standing.server.port));
		const quiescent = server?.weight === 0 && sysctls.number('net.ipv4.vs.expire_quiescent_template') !== 0;
		const chosen = server && !quiescent ? server : pick(service, packet);
		if (!chosen) return undefined;
		enter(service, packet, {
			server: {address: chosen.address, port: service.port === 0 ? 0 : chosen.port},
			forward: chosen.forward,
			template: true,
			expiresMs: now() + service.persistentSeconds! * 1000,
		});
		return chosen;
	};

	return {
		schedule(service, packet) {
			const server = service.persistentSeconds ? persistent(service, packet) : pick(service, packet);
			if (!server) return undefined;
			const {address, forward} = server;
			const same = service.port === 0 || server.port === 0 || (service.protocol === 'fwmark' && forward !== 'Masq');
			return enter(service, packet, {
				server: {address, port: same ? packet.destinationPort : server.port},
				forward,
				template: false,
				expiresMs: now() + stateTimeoutMs(packet.protocol === 'udp' ? 'UDP' : 'NONE', timeouts()),
			});
		},
		restart(service, last) {
			if (last === undefined) cursors().delete(service);
			else cursors().set(service, {last});
		},
		lastOf: service => cursors().get(service)?.last,
		clear: () => cursors().clear(),
	};
}

/** Most schedulers ask nobody how busy a server is. */
const asksForCounts = ({scheduler, servers}: ServiceRow): boolean =>
	!['rr', 'wrr', 'sh', 'dh'].includes(scheduler) || servers.some(server => server.upperThreshold);

/** In the kernel's order: the one that was added last comes first. */
function candidatesOf(service: ServiceRow, counted: Counts | undefined): Candidate[] {
	const key = serviceKey(service);
	const candidates = service.servers.map((server): Candidate => {
		const count = counted?.get(`${key} ${serverKey(server)}`);
		const [active, inactive] = [count?.active ?? 0, count?.inactive ?? 0];
		const overloaded = (server.upperThreshold ?? 0) > 0 && active + inactive >= server.upperThreshold!;
		return {...server, key: serverKey(server), activeConnections: active, inactiveConnections: inactive, overloaded};
	});
	return candidates.reverse();
}

function masked(address: string, mask: string | undefined): string {
	const value = parseIpv4(address);
	const bits = mask === undefined ? maskOf(32) : parseIpv4(mask);
	if (value === undefined || bits === undefined) return address;
	return formatIpv4((value & bits) >>> 0);
}
