import type {Netstack} from '../../net/netstack.js';
import {digest} from '../image/digest.js';
import type {Namespaces} from '../container/namespaces.js';
import {addEndpointRules, removeEndpointRules} from './firewall.js';
import {type Endpoint, EngineError, type NetworkRecord} from './model.js';
import type {Networks, Endpoints} from './docker.js';

export const containerNamespace = (id: string): string => `docker/${id}`;

export function createEndpoints(host: string, namespaces: Namespaces, networks: Networks): Endpoints {
	const hostStack = () => namespaces.get(host)!;
	const stackOf = (id: string) => namespaces.get(containerNamespace(id)) ?? namespaces.create(containerNamespace(id));

	const carrier = (bridge: string) => {
		const {links} = hostStack();
		const used = links.list().some(link => link.master === bridge);
		if (links.get(bridge)) links.setCarrier(bridge, used);
	};

	const plug: Endpoints['plug'] = (id, network, endpoint, ports) => {
		const address = networks.allocate(network, endpoint.wanted);
		const link = `veth${digest(`${endpoint.endpointId} host`).slice(0, 7)}`;
		const mac = `02:42:${address
			.split('.')
			.map(part => Number(part).toString(16).padStart(2, '0'))
			.join(':')}`;
		const inner = stackOf(id);
		attach(hostStack(), inner, {network, address, link, mac, host});
		carrier(network.bridge);
		addEndpointRules(hostStack(), network, address, ports);
		return {...endpoint, address, mac, link};
	};

	const unplug: Endpoints['unplug'] = (_, network, endpoint, ports) => {
		const {address, link, ...rest} = endpoint;
		if (address === undefined) return endpoint;
		removeEndpointRules(hostStack(), network, address, ports);
		networks.release(network, address);
		if (link) hostStack().links.remove(link);
		carrier(network.bridge);
		return {endpointId: rest.endpointId, aliases: rest.aliases, ...(rest.wanted && {wanted: rest.wanted})};
	};

	/** Published ports belong to the first network that is a bridge to the outside. */
	const portNetwork = (names: readonly string[]) =>
		names.find(name => networks.find(name)?.driver === 'bridge' && !networks.find(name)?.internal);
	return {
		plug,
		unplug,
		connect(record, ports) {
			const names = Object.keys(record.endpoints);
			const first = portNetwork(names);
			const result: Record<string, Endpoint> = {};
			for (const name of names) {
				const network = networks.find(name);
				if (!network) throw new EngineError(`network ${name} not found`);
				const endpoint = record.endpoints[name]!;
				result[name] = network.driver === 'bridge' ? plug(record.id, network, endpoint, name === first ? ports : []) : endpoint;
			}

			return result;
		},
		disconnect(record) {
			const names = Object.keys(record.endpoints);
			const first = portNetwork(names);
			return Object.fromEntries(
				names.map(name => {
					const network = networks.find(name);
					const endpoint = record.endpoints[name]!;
					return [
						name,
						network?.driver === 'bridge' ? unplug(record.id, network, endpoint, name === first ? record.published : []) : endpoint,
					];
				}),
			);
		},
	};
}

interface Plug {
	readonly network: NetworkRecord;
	readonly address: string;
	readonly link: string;
	readonly mac: string;
	readonly host: string;
}

function attach(outer: Netstack, inner: Netstack, {network, address, link, mac, host}: Plug): void {
	const veth = {type: 'veth' as const, mtu: 1500, up: true, carrier: true};
	const device = `eth${inner.links.list().filter(each => each.type === 'veth').length}`;
	const seed = digest(link);
	const outerMac = `${((Number.parseInt(seed.slice(0, 2), 16) & 0xfc) | 2).toString(16).padStart(2, '0')}:${seed.slice(2, 12).match(/../g)!.join(':')}`;
	outer.links.add({...veth, name: link, mac: outerMac, master: network.bridge, peer: {namespace: inner.name, link: device}});
	inner.links.add({...veth, name: device, mac, peer: {namespace: host, link}});
	const prefix = Number(network.subnet.split('/')[1]);
	const broadcast = network.subnet.endsWith('/16') ? `${address.split('.').slice(0, 2).join('.')}.255.255` : undefined;
	inner.links.addAddress(device, {address, prefix, scope: 'global', ...(broadcast && {broadcast})});
	const hasWayOut = inner.routes.list('main').some(route => route.destination === '0.0.0.0/0' || route.destination === 'default');
	if (!network.internal && !hasWayOut) inner.routes.add({destination: '0.0.0.0/0', via: network.gateway, dev: device});
}
