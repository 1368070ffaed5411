import type {Namespace} from '../../../net/namespace.js';
import type {Link} from '../../../net/link.js';
import type {Hop} from '../../../net/trace.js';
import {internetBytes, type Segments} from './packet-bytes.js';

/** One frame as it passed a device, as bytes: what is printed, filtered and written follows from them. */
export interface Frame {
	readonly atMs: number;
	readonly device: string;
	/** Number of the device. */
	readonly index: number;
	readonly direction: 'in' | 'out';
	/** Sent to all on the wire. */
	readonly broadcast?: boolean;
	/** Ethernet, from the addresses on. */
	readonly bytes: Uint8Array;
}

export const etherLength = 14;
const broadcastMac = 'ff:ff:ff:ff:ff:ff';
const nobody = '00:00:00:00:00:00';

const macBytes = (mac: string): number[] => mac.split(':').map(part => Number.parseInt(part, 16));
const addressBytes = (address: string): number[] => address.split('.').map(Number);

/** The frames that a hop puts on the devices of one machine. */
export function framesOf(stack: Namespace, hop: Hop, atMs: number, segments: Segments): Frame[] {
	if (hop.hook === 'ARP') return arpFrames(stack, hop, atMs);
	if (hop.hook !== 'LINK' || hop.where !== stack.name || hop.link === undefined) return [];
	const link = stack.links.get(hop.link);
	// On the loopback device each packet is seen once, where it comes in.
	if (!link || (link.type === 'loopback' && hop.direction !== 'in')) return [];
	const direction = hop.direction ?? 'in';
	const other = link.type === 'loopback' ? nobody : macOf(stack, link, direction === 'in' ? hop.before.source : hop.before.destination);
	const [to, from] = direction === 'in' ? [link.mac, other] : [other, link.mac];
	const bytes = Uint8Array.from([
		...macBytes(to),
		...macBytes(from),
		0x08,
		0x00,
		...internetBytes(hop.before, link, direction, atMs, segments),
	]);
	return [{atMs, device: link.name, index: link.index, direction, bytes}];
}

/** Who has the next hop towards an address, as far as this machine knows. */
function macOf({kernel}: Namespace, link: Link, address: string): string {
	const route = kernel.routes.lookup(address);
	const hop = route?.dev === link.name ? (route.via ?? address) : address;
	const peer = link.peer && kernel.wire.kernel(link.peer.namespace)?.links.get(link.peer.link);
	return kernel.neighbours.get(link.name, hop)?.mac ?? peer?.mac ?? nobody;
}

/** A question goes to all on the wire, the answer to who asked. */
function arpFrames(stack: Namespace, hop: Hop, atMs: number): Frame[] {
	const {wire} = stack.kernel;
	const asker = wire.kernel(hop.where)?.links.get(hop.link ?? '');
	const [, address = hop.note ?? '', mac] = /^(\S+) is at (\S+)/.exec(hop.note ?? '') ?? [];
	if (!asker) return [];
	const source = asker.addresses.find(each => !each.address.includes(':'))?.address ?? '0.0.0.0';
	const asks = hop.where === stack.name;
	return stack.links.list().flatMap(link => {
		const own = asks && link.name === asker.name;
		if (!own && !onSameWire(stack, link, hop.where, asker)) return [];
		const frame = (out: boolean, to: string, bytes: number[], broadcast = false): Frame => ({
			atMs,
			device: link.name,
			index: link.index,
			direction: out ? 'out' : 'in',
			broadcast: broadcast && !out,
			bytes: Uint8Array.from([...macBytes(to), ...bytes]),
		});
		const question = frame(own, broadcastMac, arp(1, asker.mac, source, nobody, address), true);
		if (mac === undefined || (!own && mac !== link.mac)) return [question];
		return [question, frame(!own, asker.mac, arp(2, mac, address, asker.mac, source))];
	});
}

const onSameWire = (stack: Namespace, link: Link, where: string, asker: Link): boolean =>
	link.up &&
	(link.segment === undefined
		? link.peer?.namespace === where && link.peer.link === asker.name
		: link.segment === asker.segment && where !== stack.name);

const arp = (operation: 1 | 2, mac: string, address: string, otherMac: string, other: string): number[] => [
	...[...macBytes(mac), 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, operation],
	...[...macBytes(mac), ...addressBytes(address), ...macBytes(otherMac), ...addressBytes(other)],
];
