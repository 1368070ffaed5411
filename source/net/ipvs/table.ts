import {parseIpv4} from '../address.js';
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
import {type ConnectionRow, type Connections, createConnections, nextIpvsState, stateTimeoutMs} from './connection.js';
import {type Counts, createCounts, noCount} from './counts.js';
import {createScheduling} from './schedule.js';
import {schedulers, unsimulatedSchedulers} from './scheduler.js';
import {serverKey, type ServiceRow, serviceKey} from './service-row.js';
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

const noStats: IpvsStats = {connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0};
const defaultTimeouts = [900, 120, 300] as const;
const invalid = () => new IpvsError('invalid', 'Invalid operation.  Possibly wrong module version, address not unicast, ...');

export function createIpvs(space: Space, sysctls: Sysctls): IpvsTable {
	const rows = space.table<ServiceRow>('ipvs');
	const stats = space.table<IpvsStats>('ipvs-stats');
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
	const scheduling = createScheduling({space, sysctls, connections: connectionTable, counts, timeouts: present});
	const view = (row: ServiceRow, counted: Counts): VirtualServer => {
		const key = serviceKey(row);
		return {
			...row,
			stats: stats().get(key) ?? noStats,
			servers: row.servers.map((server): RealServer => {
				const {active, inactive, persistent} = counted.get(`${key} ${serverKey(server)}`) ?? noCount;
				return {
					...server,
					activeConnections: active,
					inactiveConnections: inactive,
					persistentConnections: persistent,
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
			if (row.scheduler !== options.scheduler) scheduling.restart(serviceKey(id));
			const {protocol, address, port} = row;
			rows().set(serviceKey(id), {protocol, address, port, ...options, servers: row.servers});
		},
		deleteService(id) {
			const row = need(id, 'No such service');
			const key = serviceKey(id);
			rows().delete(key);
			scheduling.restart(key);
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
			if (row.scheduler === 'wrr') scheduling.restart(serviceKey(id));
		},
		editServer(id, server) {
			const row = need(id, 'Service not defined');
			checkServer(server);
			if (!row.servers.some(each => serverKey(each) === serverKey(server))) throw new IpvsError('no-destination', 'No such destination');
			rows().set(serviceKey(id), {...row, servers: row.servers.map(each => (serverKey(each) === serverKey(server) ? server : each))});
			if (row.scheduler === 'wrr') scheduling.restart(serviceKey(id));
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
			if (scheduling.lastOf(key) !== serverKey(server)) return;
			const before = row.servers[at + 1];
			scheduling.restart(key, before && row.scheduler === 'rr' ? serverKey(before) : undefined);
		},
		clear() {
			rows().clear();
			scheduling.clear();
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
			const row = scheduling.schedule(service, packet);
			if (row) addBoth(row, {connections: 1});
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
