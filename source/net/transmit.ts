import type {Arrival, Kernel} from './kernel.js';
import type {Link} from './link.js';
import type {Packet} from './packet.js';
import {tunnelHeader} from './traffic.js';

interface Station {
	readonly kernel: Kernel;
	readonly link: Link;
	/** Ports of bridges that lie between. */
	readonly crossed: readonly Port[];
}

interface Port {
	readonly kernel: Kernel;
	readonly link: Link;
	readonly way: 'received' | 'sent';
}

/** Puts a packet on a device. False when nobody answers ARP for the next hop. */
export function transmit(
	kernel: Kernel,
	device: string,
	nextHop: string,
	packet: Packet,
	rest: Pick<Arrival, 'delayMs' | 'end' | 'by'> = {},
): boolean {
	const link = kernel.links.get(device);
	const {wire} = kernel;
	if (!link?.up || !link.carrier || !wire.hasPower(kernel.name)) {
		wire.dropped(`${kernel.name}: ${device} is down`);
		return true;
	}
	if (link.type === 'ipip' || link.type === 'vxlan') return throughTunnel(kernel, link, nextHop, packet, rest);
	if (link.type === 'dummy') {
		kernel.traffic.sent(link, packet.length);
		wire.dropped(`${kernel.name}: ${device} is a dummy device`);
		return true;
	}
	const station = resolve(kernel, link, nextHop);
	if (!station) return false;
	if (station === 'nobody') return true;
	wire.recorder?.({
		where: kernel.name,
		hook: 'LINK',
		link: device,
		direction: 'out',
		verdict: 'sent',
		note: `next hop ${nextHop}`,
		before: packet,
	});
	cross(kernel, link, station, packet.length);
	hand(kernel, station, packet, rest);
	return true;
}

/** Counted by the device that sends it and by all ports on its way. */
function cross(kernel: Kernel, link: Link, {crossed}: Station, length: number): void {
	kernel.traffic.sent(link, length);
	for (const port of crossed) port.kernel.traffic[port.way](port.link, length);
}

function hand(
	{wire}: Kernel,
	station: Pick<Station, 'kernel' | 'link'>,
	packet: Packet,
	rest: Pick<Arrival, 'delayMs' | 'end' | 'by'>,
): void {
	const arriving = packet.mark === 0 ? packet : {...packet, mark: 0};
	wire.later(() => {
		const link = station.kernel.links.get(station.link.name);
		if (!link) return;
		station.kernel.traffic.received(link, packet.length);
		station.kernel.receive({packet: arriving, link, ...rest});
	});
}

/** Encapsulated to the node that has the next hop's address; the outer header is not modelled. */
function throughTunnel(
	kernel: Kernel,
	tunnel: Link,
	nextHop: string,
	packet: Packet,
	rest: Pick<Arrival, 'delayMs' | 'end' | 'by'>,
): boolean {
	const route = kernel.routes.lookup(nextHop);
	const under = route?.dev === undefined || route.dev === tunnel.name ? undefined : kernel.links.get(route.dev);
	const station = under?.up && under.carrier ? resolve(kernel, under, route!.via ?? nextHop) : undefined;
	if (!station) return false;
	if (station === 'nobody') return true;
	const far = station.kernel.links.list().find(link => link.type === tunnel.type && link.up);
	if (!far) {
		kernel.wire.dropped(`${station.kernel.name}: no ${tunnel.type} device`);
		return true;
	}
	kernel.wire.recorder?.({
		where: kernel.name,
		hook: 'LINK',
		link: tunnel.name,
		direction: 'out',
		verdict: 'sent',
		note: `${tunnel.type} to ${nextHop}`,
		before: packet,
	});
	const outer = packet.length + tunnelHeader[tunnel.type as 'ipip' | 'vxlan'];
	kernel.traffic.sent(tunnel, packet.length);
	cross(kernel, under!, station, outer);
	station.kernel.traffic.received(station.link, outer);
	hand(kernel, {kernel: station.kernel, link: far}, packet, rest);
	return true;
}

/** ARP: finds who answers for an address behind a device. Of several, the one that answered first stays; what was fixed by hand is not asked. */
function resolve(kernel: Kernel, link: Link, address: string): Station | 'nobody' | undefined {
	const known = kernel.neighbours.get(link.name, address);
	const all = reachable(kernel, link).filter(station => answers(station, address));
	const announced = kernel.wire.announcers(address);
	for (const station of announced.length > 0 ? reachable(kernel, link) : []) {
		const speaks = announced.some(each => each.namespace === station.kernel.name && each.link === station.link.name);
		if (speaks && !all.some(each => each.kernel === station.kernel && each.link.name === station.link.name)) all.push(station);
	}
	const now = kernel.now();
	if (known?.permanent) {
		const fixed = reachable(kernel, link).find(station => station.link.mac === known.mac);
		if (!fixed) kernel.wire.dropped(`${kernel.name}: ${address} was fixed by hand at ${known.mac}, which nobody has on ${link.name}`);
		return fixed ?? 'nobody';
	}
	const found =
		all.find(each => each.kernel.name === known?.namespace && each.link.name === known.link) ??
		(all.length > 1 ? all[kernel.drawSmall(all.length)] : all[0]);
	if (!found) {
		kernel.neighbours.put({device: link.name, address, confirmedMs: now});
		kernel.wire.recorder?.({
			where: kernel.name,
			hook: 'ARP',
			link: link.name,
			verdict: 'no answer',
			note: address,
			before: arpProbe(address),
		});
		return undefined;
	}
	const moved = known?.namespace !== found.kernel.name || known.link !== found.link.name || known.mac !== found.link.mac;
	if (moved || now - known.confirmedMs >= 1000) {
		kernel.neighbours.put({
			device: link.name,
			address,
			mac: found.link.mac,
			namespace: found.kernel.name,
			link: found.link.name,
			confirmedMs: now,
		});
	}
	if (moved)
		kernel.wire.recorder?.({
			where: kernel.name,
			hook: 'ARP',
			link: link.name,
			verdict: 'answered',
			note: `${address} is at ${found.link.mac} (${found.kernel.name})`,
			before: arpProbe(address),
		});
	return found;
}

const arpProbe = (address: string): Packet => ({
	protocol: 'icmp',
	source: '',
	destination: address,
	sourcePort: 0,
	destinationPort: 0,
	ttl: 1,
	mark: 0,
	length: 28,
});

const wires = new WeakMap<Kernel, {readonly topology: number; readonly byLink: Map<Link, readonly Station[]>}>();

/** Everything on the same wire as this device. */
function reachable(kernel: Kernel, link: Link): readonly Station[] {
	const {topology} = kernel.wire;
	let known = wires.get(kernel);
	if (known?.topology !== topology) wires.set(kernel, (known = {topology, byLink: new Map()}));
	let found = known.byLink.get(link);
	if (!found) known.byLink.set(link, (found = onWire(kernel, link)));
	return found;
}

function onWire(kernel: Kernel, link: Link): readonly Station[] {
	const {wire} = kernel;
	if (link.type === 'veth') return link.peer ? domain(wire.kernel(link.peer.namespace), link.peer.link) : [];
	if (link.type === 'bridge')
		return ports(kernel, link.name).flatMap(port => behind(reachable(kernel, port), {kernel, link: port, way: 'sent'}));
	if (link.type !== 'ethernet' || link.segment === undefined) return [];
	return wire
		.stations(link.segment)
		.filter(each => each.namespace !== kernel.name || each.link !== link.name)
		.flatMap(each => (wire.hasPower(each.namespace) ? domain(wire.kernel(each.namespace), each.link) : []));
}

const ports = (kernel: Kernel, bridge: string) => kernel.links.list().filter(link => link.master === bridge && link.up);

/** A device alone, or the bridge it is a port of with everything on its other ports. */
function domain(kernel: Kernel | undefined, name: string): Station[] {
	const link = kernel?.links.get(name);
	if (!kernel || !link?.up || !link.carrier) return [];
	if (link.master === undefined) return [{kernel, link, crossed: []}];
	const bridge = kernel.links.get(link.master);
	if (!bridge?.up) return [];
	const others = ports(kernel, bridge.name).filter(port => port.name !== name);
	const beyond = others.flatMap(port =>
		port.peer ? behind(domain(kernel.wire.kernel(port.peer.namespace), port.peer.link), {kernel, link: port, way: 'sent'}) : [],
	);
	return behind([{kernel, link: bridge, crossed: []}, ...beyond], {kernel, link, way: 'received'});
}

/** The same stations, seen through one more port. */
const behind = (stations: readonly Station[], port: Port): Station[] =>
	stations.map(station => ({...station, crossed: [port, ...station.crossed]}));

/** Whether a station's kernel answers an ARP request for `address` (net/ipv4/arp.c, arp_process). */
export function answers({kernel, link}: Station, address: string): boolean {
	if (link.noArp || address.startsWith('127.')) return false;
	if (kernel.routes.localDevice(address) !== undefined) {
		const ignore = kernel.sysctls.conf(link.name, 'arp_ignore');
		return ignore === 0 || (ignore < 8 && link.addresses.some(each => each.address === address));
	}
	if (kernel.sysctls.conf(link.name, 'proxy_arp') === 0 || kernel.sysctls.number('net.ipv4.ip_forward') === 0) return false;
	const route = kernel.routes.lookup(address);
	return route !== undefined && route.dev !== link.name;
}
