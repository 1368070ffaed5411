import {maskOf, parseIpv4} from '../address.js';
import {
	type Ipvs,
	IpvsError,
	type IpvsStats,
	type RealServer,
	type RealServerSpec,
	type VirtualServer,
	type VirtualServerId,
	type VirtualServerOptions,
} from './ipvs.js';
import {type ConnectionRow, type Connections, createConnections, isActive, nextIpvsState, stateTimeoutMs} from './connection.js';
import {type Candidate, type Cursor, schedulers, unsimulatedSchedulers} from './scheduler.js';
import {createRates, type IpvsRates} from './rate.js';
import type {Packet} from '../packet.js';
import type {Space} from '../space.js';
import type {Sysctls} from '../sysctl.js';

export interface IpvsTable extends Ipvs {
	/** Cheap "is there anything at all?" for the packet walk. */
	isEmpty(): boolean;
	readonly connectionTable: Connections;
	/** The virtual server a first packet is for: by mark, by port, or one for all ports. */
	serviceFor(packet: Packet): ServiceRow | undefined;
	/** Chooses a real server and enters the connection; undefined: none is available. */
	schedule(service: ServiceRow, packet: Packet): ConnectionRow | undefined;
	/** Follows a packet of a connection; gives the row as it is now. */
	follow(row: ConnectionRow, packet: Packet, from: 'client' | 'server'): ConnectionRow;
	/** What `ipvsadm --rate` shows of a virtual server, or of one of its real servers. */
	rates(id: VirtualServerId, server?: {address: string; port: number}): IpvsRates;
	/** Whether the real server still stands in the table. */
	stands(row: ConnectionRow): boolean;
}

export interface ServiceRow extends VirtualServerId, VirtualServerOptions {
	readonly servers: readonly RealServerSpec[];
}

const noStats: IpvsStats = {connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0};
export const serviceKey = ({protocol, address, port}: VirtualServerId): string =>
	protocol === 'fwmark' ? `fwmark ${port}` : `${protocol} ${address}:${port}`;
export const serverKey = ({address, port}: {address: string; port: number}): string => `${address}:${port}`;
const defaultTimeouts = [900, 120, 300] as const;
const invalid = () => new IpvsError('invalid', 'Invalid operation.  Possibly wrong module version, address not unicast, ...');

export function createIpvs(space: Space, sysctls: Sysctls): IpvsTable {
	const rows = space.table<ServiceRow>('ipvs');
	const stats = space.table<IpvsStats>('ipvs-stats');
	const cursors = space.table<Cursor>('ipvs-cursors');
	const timeouts = space.table<readonly [number, number, number]>('ipvs-timeouts');
	const connectionTable = createConnections(space);
	const rates = createRates(space);
	const now = () => space.sim.clock.now();
	const present = () => timeouts().get('') ?? defaultTimeouts;

	const need = (id: VirtualServerId, message: string): ServiceRow => {
		const row = rows().get(serviceKey(id));
		if (!row) throw new IpvsError('no-service', message);
		return row;
	};
	const add = (key: string, change: Partial<IpvsStats>) => {
		const old = stats().get(key) ?? noStats;
		rates.before(key, old);
		const sum = {...old};
		for (const [name, value] of Object.entries(change)) sum[name as keyof IpvsStats] += value;
		stats().set(key, sum);
	};
	const addBoth = (row: ConnectionRow, change: Partial<IpvsStats>) => {
		if (!rows().has(row.service)) return;
		add(row.service, change);
		add(`${row.service} ${serverKey(row.server)}`, change);
	};

	const counts = createCounts(connectionTable, now);
	const view = (row: ServiceRow, counted: ReturnType<typeof counts>): VirtualServer => {
		const key = serviceKey(row);
		return {
			...row,
			stats: stats().get(key) ?? noStats,
			servers: row.servers.map((server): RealServer => {
				const count = counted.get(`${key} ${serverKey(server)}`);
				return {
					...server,
					activeConnections: count?.active ?? 0,
					inactiveConnections: count?.inactive ?? 0,
					persistentConnections: count?.persistent ?? 0,
					stats: stats().get(`${key} ${serverKey(server)}`) ?? noStats,
				};
			}),
		};
	};
	const checkOptions = (options: VirtualServerOptions) => {
		if (unsimulatedSchedulers.includes(options.scheduler)) space.sim.notes.notSimulated(`IPVS scheduler ${options.scheduler} (rr is used)`);
		else if (!schedulers[options.scheduler]) throw new IpvsError('no-scheduler', 'Scheduler or persistence engine not found');
	};
	const checkServer = (server: RealServerSpec) => {
		const address = parseIpv4(server.address);
		if (address === undefined || address >>> 28 >= 14 || address === 0) throw invalid();
		if (server.forward === 'Tunnel') space.sim.notes.notSimulated('IPVS tunneling');
	};

	const pick = (service: ServiceRow, packet: Packet): RealServerSpec | undefined => {
		const key = serviceKey(service);
		const counted =
			['rr', 'wrr', 'sh', 'dh'].includes(service.scheduler) && service.servers.every(server => !server.upperThreshold)
				? undefined
				: counts();
		const candidates = service.servers.map((server): Candidate => {
			const count = counted?.get(`${key} ${serverKey(server)}`);
			const [active, inactive] = [count?.active ?? 0, count?.inactive ?? 0];
			const overloaded = (server.upperThreshold ?? 0) > 0 && active + inactive >= server.upperThreshold!;
			return {...server, key: serverKey(server), activeConnections: active, inactiveConnections: inactive, overloaded};
		});
		candidates.reverse();
		if (candidates.length === 0) return undefined;
		const choose = schedulers[service.scheduler] ?? schedulers['rr']!;
		const asked = {client: packet.source, clientPort: packet.sourcePort, virtual: packet.destination, flags: service.schedulerFlags ?? []};
		const {server, cursor} = choose(candidates, cursors().get(key) ?? {}, asked);
		if (cursor) cursors().set(key, cursor);
		return server && service.servers.find(each => serverKey(each) === server.key);
	};

	const enter = (
		service: ServiceRow,
		packet: Packet,
		server: {address: string; port: number},
		forward: RealServerSpec['forward'],
		template: boolean,
		expiresMs: number,
	): ConnectionRow => {
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
		connectionTable.put(row);
		return row;
	};

	/** A template binds a client to a server until its time is up and no connection of it is left (ip_vs_sched_persist). */
	const persistent = (service: ServiceRow, packet: Packet): RealServerSpec | undefined => {
		const client = masked(packet.source, service.persistentMask);
		const port = service.port === 0 ? 0 : packet.destinationPort;
		const standing = connectionTable.find(packet.protocol, client, 0, packet.destination, port);
		const server =
			standing &&
			service.servers.find(each => each.address === standing.server.address && (service.port === 0 || each.port === standing.server.port));
		const quiescent = server?.weight === 0 && sysctls.number('net.ipv4.vs.expire_quiescent_template') !== 0;
		const chosen = server && !quiescent ? server : pick(service, packet);
		if (!chosen) return undefined;
		enter(
			service,
			packet,
			{address: chosen.address, port: service.port === 0 ? 0 : chosen.port},
			chosen.forward,
			true,
			now() + service.persistentSeconds! * 1000,
		);
		return chosen;
	};

	return {
		isEmpty: () => rows().size === 0,
		connectionTable,
		services() {
			const counted = counts();
			return [...rows().values()].map(row => view(row, counted));
		},
		service(id) {
			const row = rows().get(serviceKey(id));
			return row && view(row, counts());
		},
		addService(id, options) {
			checkOptions(options);
			if (rows().has(serviceKey(id))) throw new IpvsError('exists', 'Service already exists');
			rows().set(serviceKey(id), {...id, ...options, servers: []});
		},
		editService(id, options) {
			const row = need(id, 'No such service');
			checkOptions(options);
			if (row.scheduler !== options.scheduler) cursors().delete(serviceKey(id));
			const {protocol, address, port} = row;
			rows().set(serviceKey(id), {protocol, address, port, ...options, servers: row.servers});
		},
		deleteService(id) {
			const row = need(id, 'No such service');
			const key = serviceKey(id);
			rows().delete(key);
			cursors().delete(key);
			for (const each of [key, ...row.servers.map(server => `${key} ${serverKey(server)}`)]) {
				stats().delete(each);
				rates.forget(each);
			}
		},
		addServer(id, server) {
			const row = need(id, 'Service not defined');
			checkServer(server);
			if (row.servers.some(each => serverKey(each) === serverKey(server)))
				throw new IpvsError('destination-exists', 'Destination already exists');
			rows().set(serviceKey(id), {...row, servers: [...row.servers, server]});
			if (row.scheduler === 'wrr') cursors().delete(serviceKey(id));
		},
		editServer(id, server) {
			const row = need(id, 'Service not defined');
			checkServer(server);
			if (!row.servers.some(each => serverKey(each) === serverKey(server))) throw new IpvsError('no-destination', 'No such destination');
			rows().set(serviceKey(id), {...row, servers: row.servers.map(each => (serverKey(each) === serverKey(server) ? server : each))});
			if (row.scheduler === 'wrr') cursors().delete(serviceKey(id));
		},
		deleteServer(id, server) {
			const row = need(id, 'Service not defined');
			const key = serviceKey(id);
			const at = row.servers.findIndex(each => serverKey(each) === serverKey(server));
			if (at < 0) throw new IpvsError('no-destination', 'No such destination');
			rows().set(key, {...row, servers: row.servers.filter((_, i) => i !== at)});
			stats().delete(`${key} ${serverKey(server)}`);
			rates.forget(`${key} ${serverKey(server)}`);
			// ip_vs_rr_del_dest: the one before it, in the kernel's order, now counts as chosen last.
			if (cursors().get(key)?.last !== serverKey(server)) return;
			const before = row.servers[at + 1];
			if (before && row.scheduler === 'rr') cursors().set(key, {last: serverKey(before)});
			else cursors().delete(key);
		},
		clear() {
			rows().clear();
			cursors().clear();
			stats().clear();
			rates.clear();
		},
		zero(id) {
			rates.clear();
			if (!id) stats().clear();
			else {
				const row = need(id, 'No such service');
				for (const key of [serviceKey(id), ...row.servers.map(server => `${serviceKey(id)} ${serverKey(server)}`)]) stats().delete(key);
			}
		},
		connections: () => connectionTable.live(),
		rates(id, server) {
			const key = server ? `${serviceKey(id)} ${serverKey(server)}` : serviceKey(id);
			return rates.read(key, stats().get(key) ?? noStats);
		},
		timeouts: present,
		setTimeouts(tcp, tcpFin, udp) {
			const old = present();
			// Zero leaves a value as it is.
			timeouts().set('', [tcp || old[0], tcpFin || old[1], udp || old[2]]);
		},
		serviceFor(packet) {
			const table = rows();
			if (table.size === 0) return undefined;
			if (packet.mark !== 0) {
				const byMark = table.get(`fwmark ${packet.mark}`);
				if (byMark) return byMark;
			}
			return (
				table.get(`${packet.protocol} ${packet.destination}:${packet.destinationPort}`) ??
				table.get(`${packet.protocol} ${packet.destination}:0`)
			);
		},
		schedule(service, packet) {
			const server = service.persistentSeconds ? persistent(service, packet) : pick(service, packet);
			if (!server) return undefined;
			const port = service.port === 0 || server.port === 0 ? packet.destinationPort : server.port;
			const first = packet.protocol === 'udp' ? 'UDP' : 'NONE';
			const row = enter(
				service,
				packet,
				{address: server.address, port: service.protocol === 'fwmark' && server.forward !== 'Masq' ? packet.destinationPort : port},
				server.forward,
				false,
				now() + stateTimeoutMs(first, present()),
			);
			addBoth(row, {connections: 1});
			return row;
		},
		follow(row, packet, from) {
			addBoth(row, from === 'client' ? {inPackets: 1, inBytes: packet.length} : {outPackets: 1, outBytes: packet.length});
			const state = packet.protocol === 'tcp' ? nextIpvsState(row.state, packet.flags ?? {}, from) : row.state;
			const next = {...row, state, expiresMs: now() + stateTimeoutMs(state, present())};
			connectionTable.put(next);
			return next;
		},
		stands: row =>
			rows()
				.get(row.service)
				?.servers.some(each => each.address === row.server.address && (each.port === row.server.port || each.port === 0)) ?? false,
	};
}

type Counts = ReadonlyMap<string, {active: number; inactive: number; persistent: number}>;

/** Connections by virtual and real server, counted from the table itself so that they cannot drift; once for each state of the table. */
function createCounts(connections: Connections, now: () => number): () => Counts {
	let counted: Counts = new Map();
	let seen: {table: unknown; version: number; at: number} | undefined;
	return () => {
		const table = connections.table();
		const at = now();
		if (seen?.table === table && seen.version === table.version && seen.at === at) return counted;
		const found = new Map<string, {active: number; inactive: number; persistent: number}>();
		for (const row of connections.live()) {
			const key = `${row.service} ${serverKey(row.server)}`;
			let count = found.get(key);
			if (!count) found.set(key, (count = {active: 0, inactive: 0, persistent: 0}));
			if (row.template) count.persistent++;
			else if (isActive(row.state)) count.active++;
			else count.inactive++;
		}
		counted = found;
		seen = {table, version: table.version, at};
		return counted;
	};
}

function masked(address: string, mask: string | undefined): string {
	const value = parseIpv4(address);
	const bits = mask === undefined ? maskOf(32) : parseIpv4(mask);
	if (value === undefined || bits === undefined) return address;
	const out = (value & bits) >>> 0;
	return [24, 16, 8, 0].map(shift => (out >>> shift) & 255).join('.');
}
