import type {Hop} from '../../net/trace.js';
import {isIcmpError, type Packet, type Tuple5, tupleOf} from '../../net/packet.js';

/** One packet from the machine that made it to where it ended. */
export interface Journey {
	readonly hops: Hop[];
	readonly first: Packet;
	/** As it was when last seen. */
	last: Packet;
}

/** Sorts the steps of a call by packet. Steps of several packets interleave; addresses change on the way, so each is followed. */
export function journeysOf(hops: readonly Hop[]): Journey[] {
	const journeys: Journey[] = [];
	const bySignature = new Map<string, Journey>();
	let latest: Journey | undefined;
	for (const hop of hops) {
		// An ARP question has no packet of its own worth following: it belongs to the one that waits for it.
		if (hop.hook === 'ARP') {
			latest?.hops.push(hop);
			continue;
		}
		const known = latest?.last === hop.before ? latest : bySignature.get(signature(hop.before));
		const journey = known && !beginsAnew(known, hop) ? known : {hops: [], first: hop.before, last: hop.before};
		if (journey !== known) journeys.push(journey);
		journey.hops.push(hop);
		const now = hop.after ?? hop.before;
		if (now !== journey.last || journey !== known) {
			if (hop.after) bySignature.delete(signature(journey.last));
			bySignature.set(signature(now), journey);
			journey.last = now;
		}
		latest = journey;
	}
	return journeys;
}

/** A machine sends a packet that looks like one which has left or arrived already. */
function beginsAnew({hops}: Journey, hop: Hop): boolean {
	const last = hops.at(-1)!;
	const isNew = hop.hook === 'OUTPUT' || (hop.hook === 'ROUTE' && hop.verdict === 'out');
	return isNew && (last.hook === 'SOCKET' || last.verdict === 'sent');
}

function signature(packet: Packet): string {
	const {flags = {}, icmp} = packet;
	const kind = `${flags.syn ? 'S' : ''}${flags.ack ? 'A' : ''}${flags.fin ? 'F' : ''}${flags.rst ? 'R' : ''}${packet.payload ? 'P' : ''}`;
	return `${packet.protocol} ${endsOf(packet).join(' > ')} ${kind} ${icmp ? `${icmp.type} ${icmp.id ?? ''}` : ''}`;
}

/** `address:port` of both sides; an address alone for ICMP. */
export const endsOf = ({protocol, source, sourcePort, destination, destinationPort}: Packet): [source: string, destination: string] =>
	protocol === 'icmp' ? [source, destination] : [`${source}:${sourcePort}`, `${destination}:${destinationPort}`];

const reversed = (tuple: Tuple5): Tuple5 => ({
	protocol: tuple.protocol,
	source: tuple.destination,
	sourcePort: tuple.destinationPort,
	destination: tuple.source,
	destinationPort: tuple.sourcePort,
});

const same = (a: Tuple5, b: Tuple5): boolean =>
	a.protocol === b.protocol &&
	a.source === b.source &&
	a.destination === b.destination &&
	a.sourcePort === b.sourcePort &&
	a.destinationPort === b.destinationPort;

/** Whether this packet asks for something, rather than belonging to what was asked before. */
export const isRequest = ({first, hops}: Journey, earlier: readonly Journey[]): boolean => {
	if (first.protocol === 'tcp') return first.flags?.syn === true && !first.flags.ack;
	if (isIcmpError(first) || first.icmp?.type === 'echo-reply') return false;
	return hops[0]!.hook !== 'LINK' && !earlier.some(journey => answers(first, journey));
};

/** The first packet that came back: an answer to the request as it arrived, or an ICMP error about it. */
export function replyTo(request: Journey, later: readonly Journey[]): Journey | undefined {
	return later.find(({first}) => answers(first, request));
}

function answers(packet: Packet, request: Journey): boolean {
	const asked = tupleOf(request.last);
	if (isIcmpError(packet)) return packet.icmp?.about !== undefined && seen(request).some(each => same(packet.icmp!.about!, each));
	if (packet.protocol === 'icmp' && packet.icmp?.type !== 'echo-reply') return false;
	// `REJECT --reject-with tcp-reset` answers wherever it stands.
	return same(tupleOf(packet), reversed(asked));
}

const seen = ({hops}: Journey): Tuple5[] => hops.filter(hop => hop.hook !== 'ARP').map(hop => tupleOf(hop.after ?? hop.before));
