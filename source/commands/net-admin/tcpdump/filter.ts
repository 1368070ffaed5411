import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {Packet} from '../../../net/packet.js';

export type PacketFilter = (packet: Packet) => boolean;

type Side = 'src' | 'dst' | 'any';

const onSide = (side: Side, source: boolean, destination: boolean) =>
	side === 'src' ? source : side === 'dst' ? destination : source || destination;

/** A pcap expression: `tcp and port 80 and not src host 10.0.0.1`. Undefined when it holds something that is not understood. */
export function readPacketFilter(words: readonly string[]): PacketFilter | undefined {
	const tokens = words
		.join(' ')
		.replace(/([()])/g, ' $1 ')
		.trim()
		.split(/\s+/)
		.filter(Boolean);
	let at = 0;
	const either = (): PacketFilter | undefined => {
		let left = both();
		while (left && (tokens[at] === 'or' || tokens[at] === '||')) {
			at++;
			const [one, other]: [PacketFilter, PacketFilter | undefined] = [left, both()];
			left = other && (packet => one(packet) || other(packet));
		}
		return left;
	};
	const both = (): PacketFilter | undefined => {
		let left = single();
		while (left && (tokens[at] === 'and' || tokens[at] === '&&')) {
			at++;
			const [one, other]: [PacketFilter, PacketFilter | undefined] = [left, single()];
			left = other && (packet => one(packet) && other(packet));
		}
		return left;
	};
	const single = (): PacketFilter | undefined => {
		const word = tokens[at++];
		if (word === '(') {
			const inner = either();
			return tokens[at++] === ')' ? inner : undefined;
		}
		if (word === 'not' || word === '!') {
			const inner = single();
			return inner && (packet => !inner(packet));
		}
		if (word === 'tcp' || word === 'udp' || word === 'icmp') {
			const rest = tokens[at] === 'port' || tokens[at] === 'src' || tokens[at] === 'dst' ? single() : () => true;
			return rest && (packet => packet.protocol === word && rest(packet));
		}
		if (word === 'ip') return () => true;
		const side: Side = word === 'src' || word === 'dst' ? word : 'any';
		const kind = side === 'any' ? word : ['host', 'port', 'net'].includes(tokens[at] ?? '') ? tokens[at++] : 'host';
		return primitive(kind, side, tokens[at++]);
	};
	const filter = tokens.length === 0 ? () => true : either();
	return at >= tokens.length ? filter : undefined;
}

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
