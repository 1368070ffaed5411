import type {Network} from '../net/network.js';
import type {Topology} from './topology.js';

/** Name of the shared Ethernet segment. */
export const segment = 'lan';

/** Every host of the topology. */
export function plugIn(network: Network, topology: Topology): void {
	for (const {name} of [...topology.nodes, ...topology.outside]) plugInHost(network, topology, name);
}

/** Gives a host its loopback, its card on the segment, its address and its default route, as its boot scripts do. */
export function plugInHost(network: Network, {lan, nodes, outside}: Topology, name: string): void {
	const {address} = [...nodes, ...outside].find(host => host.name === name)!;
	const stack = network.namespace(name);
	stack.links.add({name: 'eth0', type: 'ethernet', mac: macOf(address), mtu: 1500, up: true, carrier: true, segment});
	stack.links.addAddress('eth0', {address, prefix: lan.prefix, broadcast: broadcastOf(lan.cidr), scope: 'global'});
	stack.routes.add({destination: '0.0.0.0/0', via: lan.gateway, dev: 'eth0', protocol: 'static', metric: 100});
	stack.setSysctl('net.ipv4.ip_forward', '1');
}

/** VMware's prefix, then the address: unique on the segment, and the same in every world. */
export const macOf = (address: string): string =>
	[
		'00',
		'0c',
		'29',
		...address
			.split('.')
			.slice(1)
			.map(part => Number(part).toString(16).padStart(2, '0')),
	].join(':');

const broadcastOf = (cidr: string) => cidr.replace(/\d+\/\d+$/, '255');
