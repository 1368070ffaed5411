import type {ConntrackTable, Tuple, Tracked} from './conntrack.js';
import type {Flow, NatRange} from './flow.js';
import {dnatAsked, dnatDone, snatAsked, snatDone} from './nat-bits.js';
import {isIcmpError, type Packet} from './packet.js';

/** PREROUTING and OUTPUT rewrite the destination, INPUT and POSTROUTING the source. */
export type Manip = 'destination' | 'source';

export const manipOf = {
	PREROUTING: 'destination',
	OUTPUT: 'destination',
	INPUT: 'source',
	POSTROUTING: 'source',
	FORWARD: 'source',
} as const;

/** Whether the nat rules must still be asked: once a connection, at its first packet. */
export function mustAsk(flow: Flow, manip: Manip): boolean {
	const {tracked} = flow;
	if (!tracked || flow.ctState !== 'NEW' || tracked.reply) return false;
	return (tracked.row.nat & (manip === 'destination' ? dnatAsked : snatAsked)) === 0;
}

export function markAsked(flow: Flow, manip: Manip, conntrack: ConntrackTable): void {
	const tracked = flow.tracked!;
	tracked.row = {...tracked.row, nat: tracked.row.nat | (manip === 'destination' ? dnatAsked : snatAsked)};
	conntrack.store(tracked);
}

/** Rewrites a packet as its connection was decided; answers get the reverse. An ICMP error is rewritten inside and out. */
export function translate(flow: Flow, manip: Manip): void {
	const {tracked, packet} = flow;
	if (!tracked) return;
	const {row, reply} = tracked;
	// What was DNAT for the first packet is a change of source for the answer.
	const bit = (manip === 'destination') === !reply ? dnatDone : snatDone;
	if ((row.nat & bit) === 0) return;
	const want = reply ? row.original : row.reply;
	const address = manip === 'destination' ? want.source : want.destination;
	const port = manip === 'destination' ? want.sourcePort : want.destinationPort;
	flow.packet = isIcmpError(packet) ? rewriteError(packet, manip, address, port) : rewrite(packet, manip, address, port);
}

function rewrite(packet: Packet, manip: Manip, address: string, port: number): Packet {
	const isIcmp = packet.protocol === 'icmp';
	return manip === 'destination'
		? {...packet, destination: address, ...(!isIcmp && {destinationPort: port})}
		: {...packet, source: address, ...(!isIcmp && {sourcePort: port})};
}

/** The packet inside travelled the other way: its source is the error's destination. */
function rewriteError(packet: Packet, manip: Manip, address: string, port: number): Packet {
	const about = packet.icmp!.about!;
	const inner =
		manip === 'destination' ? {...about, source: address, sourcePort: port} : {...about, destination: address, destinationPort: port};
	return {...packet, [manip]: address, icmp: {...packet.icmp!, about: inner}};
}

export interface NatTools {
	readonly conntrack: ConntrackTable;
	/** A port below `count`, from the seeded stream. */
	draw(count: number): number;
	/** The address that packets get when they leave by this device. */
	sourceOf(device: string, destination: string): string | undefined;
	/** First address of a device, for REDIRECT. */
	firstAddress(device: string): string | undefined;
}

/** What the DNAT, SNAT, MASQUERADE and REDIRECT targets do to a new connection. */
export function createNat({conntrack, draw, sourceOf, firstAddress}: NatTools) {
	const setReply = (tracked: Tracked, reply: Tuple, bit: number) => {
		tracked.row = {...tracked.row, reply, nat: tracked.row.nat | bit};
		conntrack.store(tracked);
	};
	const free = (tracked: Tracked, reply: Tuple) => !conntrack.replyTaken(tracked.row.protocol, reply, tracked.row.original);

	const source = (flow: Flow, to: NatRange) => {
		const {tracked} = flow;
		if (!tracked) return;
		const {reply} = tracked.row;
		const address = to.address ?? reply.destination;
		const low = to.portMin ?? (reply.destinationPort < 512 ? 1 : reply.destinationPort < 1024 ? 600 : 1024);
		const high = to.portMax ?? (reply.destinationPort < 512 ? 511 : reply.destinationPort < 1024 ? 1023 : 65_535);
		const keep = to.portMin === undefined && !to.random ? reply.destinationPort : undefined;
		let port = tracked.row.protocol === 'icmp' ? reply.destinationPort : (keep ?? low + (to.random ? draw(high - low + 1) : 0));
		for (let tries = 0; tries < 512 && !free(tracked, {...reply, destination: address, destinationPort: port}); tries++)
			port = low + draw(high - low + 1);
		setReply(tracked, {...reply, destination: address, destinationPort: port}, snatDone);
	};

	return {
		source,
		destination(flow: Flow, to: NatRange) {
			const {tracked} = flow;
			if (!tracked) return;
			const {reply} = tracked.row;
			const spread = to.portMin !== undefined && to.portMax !== to.portMin ? draw(to.portMax! - to.portMin + 1) : 0;
			const port = tracked.row.protocol === 'icmp' || to.portMin === undefined ? reply.sourcePort : to.portMin + spread;
			setReply(tracked, {...reply, source: to.address ?? reply.source, sourcePort: port}, dnatDone);
		},
		masquerade(flow: Flow, random: boolean) {
			const address = sourceOf(flow.outLink, flow.packet.destination);
			if (address !== undefined) source(flow, {address, random});
		},
		redirect(flow: Flow, port: number | undefined) {
			const address = flow.hook === 'OUTPUT' ? '127.0.0.1' : firstAddress(flow.inLink);
			if (address !== undefined) this.destination(flow, {address, ...(port !== undefined && {portMin: port, portMax: port})});
		},
		/** Without a rule the source port still moves when two flows would be answered alike. */
		keepApart(flow: Flow) {
			const {tracked} = flow;
			if (tracked && !tracked.confirmed && !tracked.reply && !free(tracked, tracked.row.reply)) source(flow, {});
		},
	};
}
