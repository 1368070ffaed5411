import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {Packet} from '../../../net/packet.js';
import {type Predicate, readExpression} from '../expression.js';

export type PacketFilter = Predicate<Packet>;

type Side = 'src' | 'dst' | 'any';

const onSide = (side: Side, source: boolean, destination: boolean) =>
	side === 'src' ? source : side === 'dst' ? destination : source || destination;

/** A pcap expression: `tcp and port 80 and not src host 10.0.0.1`. Undefined when it holds something that is not understood. */
export const readPacketFilter = (words: readonly string[]): PacketFilter | undefined =>
	readExpression<Packet>(words, {
		term(word, cursor, again) {
			if (word === 'tcp' || word === 'udp' || word === 'icmp') {
				const rest = ['port', 'src', 'dst'].includes(cursor.peek() ?? '') ? again() : () => true;
				return rest && (packet => packet.protocol === word && rest(packet));
			}
			if (word === 'ip') return () => true;
			const side: Side = word === 'src' || word === 'dst' ? word : 'any';
			const kind = side === 'any' ? word : ['host', 'port', 'net'].includes(cursor.peek() ?? '') ? cursor.take() : 'host';
			return primitive(kind, side, cursor.take());
		},
	});

function primitive(kind: string | undefined, side: Side, value: string | undefined): PacketFilter | undefined {
	if (value === undefined) return undefined;
	if (kind === 'port') {
		const port = Number(value);
		return Number.isInteger(port) ? packet => onSide(side, packet.sourcePort === port, packet.destinationPort === port) : undefined;
	}
	if (kind !== 'host' && kind !== 'net') return undefined;
	const prefix = parsePrefix(value);
	if (!prefix) return undefined;
	const within = (address: string) => inPrefix(parseIpv4(address) ?? 0, prefix);
	return packet => onSide(side, within(packet.source), within(packet.destination));
}
