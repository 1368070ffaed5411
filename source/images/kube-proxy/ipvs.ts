import type {Iptables} from '../../net/iptables/iptables.js';
import type {VirtualServer, VirtualServerId} from '../../net/ipvs/ipvs.js';
import type {Netstack} from '../../net/netstack.js';
import type {Random} from '../../sim/random.js';
import {drainingKey, drainTable, retire} from './ipvs-drain.js';
import {ipvsJumps, ipvsRules} from './ipvs-rules.js';
import {syncSets} from './ipvs-sets.js';
import {type Wanted, type WantedServer, wantedOf} from './ipvs-wanted.js';
import {ensureJumps} from './jumps.js';
import type {Proxier} from './memory.js';
import {cidrHolds, v6Side} from './settings.js';

export const dummyDevice = 'kube-ipvs0';

/** Every sync looks at everything and mends what differs: addresses, sets, rules, virtual and real servers. */
export function syncIpvs(proxy: Proxier, first: boolean): void {
	const {machine, memory} = proxy.context;
	const {stack} = machine;
	const settings = memory.settings!;
	ensureDevice(stack, machine.sim.random.fork(`kube-proxy/${machine.host}/mac`));
	const foreign = foreignAddresses(stack);
	const wanted = wantedOf(proxy.map.ports.values(), {
		settings,
		scheduler: memory.config.scheduler || 'rr',
		nodeIps: settings.nodePortIps ?? foreign.filter(address => !address.startsWith('127.')),
		foreign: new Set(foreign),
	});
	syncSets(stack.ipsets, wanted.members, 'inet');
	syncSets(stack.ipsets, new Map(), 'inet6');
	writeRules(stack.iptables, ipvsRules(wanted.members, settings, wanted.forbidden, ''));
	if (first) writeRules(stack.ip6tables, ipvsRules(new Map(), v6Side(settings), [], '6-'));
	bindAddresses(stack, wanted);
	syncServers(proxy, wanted, first);
}

function writeRules(iptables: Iptables, text: string): void {
	// The chains must stand before something can jump to them; a restore makes and fills them.
	iptables.restore(text, {noflush: true, counters: true});
	ensureJumps(iptables, ipvsJumps);
}

function ensureDevice(stack: Netstack, random: Random): void {
	if (stack.links.get(dummyDevice)) return;
	const bytes = Array.from({length: 5}, () => random.hex(2));
	const mac = [`${random.hex(1)}${random.pick(['2', '6', 'a', 'e'])}`, ...bytes].join(':');
	stack.links.add({name: dummyDevice, type: 'dummy', mac, mtu: 1500, up: false, carrier: true, noArp: true, queueLength: 0});
}

const foreignAddresses = (stack: Netstack): string[] =>
	stack.links
		.list()
		.filter(link => link.name !== dummyDevice)
		.flatMap(link => link.addresses.map(({address}) => address))
		.filter(address => !address.includes(':'));

function bindAddresses(stack: Netstack, {addresses}: Wanted): void {
	const bound = new Set(stack.links.get(dummyDevice)!.addresses.map(({address}) => address));
	for (const address of addresses) if (!bound.has(address)) stack.links.addAddress(dummyDevice, {address, prefix: 32, scope: 'global'});
	for (const address of bound) if (!addresses.has(address) && !address.includes(':')) stack.links.removeAddress(dummyDevice, address);
}

const idText = ({protocol, address, port}: VirtualServerId) => `${protocol}/${address}:${port}`;

function syncServers(proxy: Proxier, wanted: Wanted, first: boolean): void {
	const {ipvs} = proxy.context.machine.stack;
	const standing = new Map(
		ipvs
			.services()
			.filter(isOurs)
			.map(server => [idText(server), server]),
	);
	const active = new Set<string>();
	for (const server of wanted.servers) {
		const text = idText(server.id);
		active.add(text);
		const before = standing.get(text);
		if (!before) ipvs.addService(server.id, server.options);
		else if (before.scheduler !== server.options.scheduler || before.persistentSeconds !== server.options.persistentSeconds) {
			ipvs.editService(server.id, server.options);
		}

		syncEndpoints(proxy, server, before, first);
	}

	for (const [text, server] of standing) {
		if (!active.has(text) && !proxy.context.memory.config.excludeCidrs.some(cidr => cidrHolds(cidr, server.address)))
			ipvs.deleteService(server);
	}
}

const isOurs = (server: VirtualServer) => server.protocol !== 'fwmark' && !server.address.includes(':');

/** Adds and retires real servers. One that is on its way out and comes back is deleted and added anew. */
function syncEndpoints(proxy: Proxier, {id, endpoints}: WantedServer, before: VirtualServer | undefined, first: boolean): void {
	const {ipvs} = proxy.context.machine.stack;
	const draining = drainTable(proxy);
	const standing = new Map((before?.servers ?? []).map(server => [`${server.address}:${server.port}`, server]));
	const wanted = new Set(endpoints.map(endpoint => endpoint.address));
	for (const {address, ip, port} of endpoints) {
		const server = standing.get(address);
		const spec = {address: ip, port, weight: 1, forward: 'Masq'} as const;
		if (server && !draining.has(drainingKey(id, server))) {
			if (first && server.weight !== 1) ipvs.editServer(id, spec);
			continue;
		}

		if (server) {
			draining.delete(drainingKey(id, server));
			ipvs.deleteServer(id, server);
		}

		ipvs.addServer(id, spec);
	}

	for (const [address, server] of standing) {
		if (!wanted.has(address) && !draining.has(drainingKey(id, server))) retire(proxy, id, server);
	}
}
