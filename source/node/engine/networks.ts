import type {Netstack} from '../../net/netstack.js';
import type {Sim} from '../../sim/sim.js';
import {digest} from '../image/digest.js';
import {addNetworkRules, removeNetworkRules, setUpFirewall} from './firewall.js';
import {EngineError, type NetworkRecord} from './model.js';
import {addressOf, contains, defaultPools, firstHost, overlaps, range} from './pool.js';
import type {Networks} from './docker.js';

export const predefined: readonly string[] = ['bridge', 'host', 'none'];

export function createNetworks(sim: Sim, host: string, stack: () => Netstack, createdMs: number): Networks {
	const rows = sim.state.table<NetworkRecord>(`docker/${host}/networks`);
	const taken = sim.state.table<true>(`docker/${host}/addresses`);
	const random = sim.random.fork(`docker/${host}/networks`);
	const born = bornNetworks(host, createdMs);
	const list = () => [...born, ...rows.values()];
	const find = (text: string) => {
		const all = list();
		const exact = all.find(each => each.name === text) ?? all.find(each => each.id === text);
		const begun = text === '' ? [] : all.filter(each => each.id.startsWith(text));
		return exact ?? (begun.length === 1 ? begun[0] : undefined);
	};

	const get = (text: string) => {
		const found = find(text);
		if (!found) throw new EngineError(`network ${text} not found`);
		return found;
	};

	const freeSubnet = (): string => {
		const used = [
			...list().map(each => each.subnet),
			...stack()
				.routes.list('main')
				.map(each => each.destination),
		];
		const free = defaultPools.find(pool => !used.some(each => each && each !== '0.0.0.0/0' && each !== 'default' && overlaps(pool, each)));
		if (!free) throw new EngineError('all predefined address pools have been fully subnetted');
		return free;
	};

	return {
		list,
		find,
		get,
		create({name, driver = 'bridge', subnet, gateway, internal = false, attachable = false, labels = {}, options = {}}) {
			checkName(name, list());
			if (driver !== 'bridge')
				throw new EngineError(
					driver === 'host' || driver === 'null'
						? `only one instance of "${driver}" network is allowed`
						: `could not find plugin ${driver} in v1 plugin registry: plugin not found`,
				);
			if (subnet && list().some(each => each.subnet && overlaps(each.subnet, subnet)))
				throw new EngineError('Pool overlaps with other one on this address space');
			if (gateway && subnet && !contains(subnet, gateway))
				throw new EngineError(`invalid network config:\ninvalid subnet ${subnet}: no matching subnet for gateway ${gateway}`);
			const id = random.hex(64);
			const pool = subnet ?? freeSubnet();
			const network: NetworkRecord = {
				id,
				name,
				driver: 'bridge',
				bridge: options['com.docker.network.bridge.name'] ?? `br-${id.slice(0, 12)}`,
				subnet: pool,
				gateway: gateway ?? firstHost(pool),
				internal,
				attachable,
				labels,
				options,
				createdMs: sim.clock.now(),
			};
			rows.set(name, network);
			plug(stack(), network);
			return network;
		},
		remove(network) {
			rows.delete(network.name);
			removeNetworkRules(stack(), network);
			stack().links.remove(network.bridge);
		},
		allocate(network, wanted) {
			const key = (address: string) => `${network.id} ${address}`;
			if (wanted !== undefined) {
				if (!contains(network.subnet, wanted))
					throw new EngineError(`invalid endpoint settings:\nno configured subnet contains IP address ${wanted}`);
				if (taken.has(key(wanted)) || wanted === network.gateway) throw new EngineError('Address already in use');
				taken.set(key(wanted), true);
				return wanted;
			}

			const {first, count} = range(network.subnet);
			for (let offset = 1; offset < count - 1; offset++) {
				const address = addressOf(first + offset);
				if (address === network.gateway || taken.has(key(address))) continue;
				taken.set(key(address), true);
				return address;
			}

			throw new EngineError(`no available IPv4 addresses on this network's address pools: ${network.name} (${network.id})`);
		},
		release: (network, address) => void taken.delete(`${network.id} ${address}`),
		setUp() {
			setUpFirewall(stack());
			for (const network of list()) if (network.driver === 'bridge') plug(stack(), network);
		},
	};
}

function bornNetworks(host: string, createdMs: number): readonly NetworkRecord[] {
	const common = {subnet: '', gateway: '', bridge: '', internal: false, attachable: false, labels: {}, options: {}, createdMs};
	const id = (name: string) => digest(`network ${name} on ${host}`);
	const options = {
		'com.docker.network.bridge.default_bridge': 'true',
		'com.docker.network.bridge.enable_icc': 'true',
		'com.docker.network.bridge.enable_ip_masquerade': 'true',
		'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
		'com.docker.network.bridge.name': 'docker0',
		'com.docker.network.driver.mtu': '1500',
	};
	return [
		{
			...common,
			id: id('bridge'),
			name: 'bridge',
			driver: 'bridge',
			bridge: 'docker0',
			subnet: '172.17.0.0/16',
			gateway: '172.17.0.1',
			options,
		},
		{...common, id: id('host'), name: 'host', driver: 'host'},
		{...common, id: id('none'), name: 'none', driver: 'null'},
	];
}

function checkName(name: string, all: readonly NetworkRecord[]): void {
	if (name === '') throw new EngineError('invalid network name "": name is empty');
	if (predefined.includes(name)) throw new EngineError(`operation is not permitted on predefined ${name} network`);
	if (all.some(each => each.name === name)) throw new EngineError(`network with name ${name} already exists`);
	if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
		throw new EngineError(`invalid network name "${name}": name must only contain letters, numbers, underscore, dot and hyphen`);
}

/** The bridge with its address, and its rules. */
function plug(stack: Netstack, network: NetworkRecord): void {
	const {bridge, gateway, subnet, id} = network;
	if (!stack.links.get(bridge)) {
		const mac = `02:42:${id.slice(0, 8).match(/../g)!.join(':')}`;
		stack.links.add({name: bridge, type: 'bridge', mac, mtu: 1500, up: true, carrier: false});
		const {first, count, prefix} = range(subnet);
		stack.links.addAddress(bridge, {address: gateway, prefix, broadcast: addressOf(first + count - 1), scope: 'global'});
	}

	addNetworkRules(stack, network);
}
