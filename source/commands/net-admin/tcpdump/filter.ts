import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import {portNumber} from '../../net-client/socket/ports.js';
import {type Cursor, type Predicate, readExpression} from '../expression.js';
import {byteTest, foldByteTests} from './byte-test.js';
import {addressAt, arpType, type Decoded, ipType, macAt, number16} from './decoded.js';
import {etherLength} from './frame.js';

export type PacketFilter = Predicate<Decoded>;

/** Ends the reading with what tcpdump says. */
export class FilterProblem extends Error {}

/** Words of the language that are understood by the real one only. */
export class UnsimulatedFilter extends Error {}

const unsimulated = [
	'vlan',
	'mpls',
	'pppoed',
	'pppoes',
	'geneve',
	'gateway',
	'inbound',
	'outbound',
	'wlan',
	'protochain',
	'proto',
	'action',
	'rnr',
	'reason',
	'ifname',
];
const protocols: Readonly<Record<string, number>> = {icmp: 1, tcp: 6, udp: 17, sctp: 132, igmp: 2, esp: 50, ah: 51, icmp6: 58};
const sides = ['src', 'dst'];
const kinds = ['host', 'net', 'port', 'portrange'];

/** What stands before a value; a value without anything takes what stood before the last one. */
interface Qualifiers {
	readonly protocol?: string;
	readonly side?: 'src' | 'dst' | 'both' | 'either';
	readonly kind?: string;
}

/** A pcap expression: `tcp and port 80 and not src host 10.0.0.1`, `tcp[tcpflags] & tcp-syn != 0`. */
export function readPacketFilter(words: readonly string[], addressOf: (name: string) => string | undefined): PacketFilter {
	let last: Qualifiers | undefined;
	let problem: FilterProblem | undefined;
	// What a word means is asked after the words have been read: a sentence that is none is told first.
	const later = (test: () => PacketFilter): PacketFilter => {
		try {
			return test();
		} catch (error) {
			if (!(error instanceof FilterProblem)) throw error;
			problem ??= error;
			return () => false;
		}
	};

	const {text, tests} = foldByteTests(words.join(' '));
	const filter = readExpression<Decoded>([text], {
		term(word, cursor) {
			if (word === undefined) return undefined;
			const test = /^\u0001(\d+)$/.exec(word);
			if (test) return byteTest(tests[Number(test[1])]!);
			if (unsimulated.includes(word)) throw new UnsimulatedFilter(word);
			if (word === 'less' || word === 'greater') return lengthTest(word, cursor.take());
			if (word === 'broadcast' || word === 'multicast') return castTest(word);
			if (word === 'ether') return etherTest(cursor);
			const {qualifiers, value} = readQualifiers(word, cursor);
			const {protocol, side, kind} = qualifiers;
			if (value === undefined) {
				last = qualifiers;
				return protocol && !side && !kind ? protocolTest(protocol) : undefined;
			}
			const isBare = !side && !kind;
			if (isBare && (protocol || !last)) return undefined;
			const full = isBare ? last! : qualifiers;
			if (!full.side && !full.kind) throw new FilterProblem('syntax error in filter expression');
			last = full;
			return later(() => valueTest(full, value, addressOf));
		},
	});
	if (!filter) throw new FilterProblem("can't parse filter expression: syntax error");
	if (problem) throw problem;
	return filter;
}

const ends = ['and', 'or', '&&', '||', ')', '(', 'not', '!'];

function readQualifiers(first: string, cursor: Cursor): {qualifiers: Qualifiers; value: string | undefined} {
	let protocol: string | undefined;
	let side: Qualifiers['side'];
	let kind: string | undefined;
	let word: string | undefined = first;
	const next = () =>
		cursor.peek() === undefined || (ends.includes(cursor.peek()!) && !(side && sides.includes(cursor.peek(1) ?? '')))
			? undefined
			: cursor.take();
	while (word !== undefined) {
		if (protocol === undefined && (word in protocols || word === 'ip' || word === 'arp' || word === 'ip6')) protocol = word;
		else if (side === undefined && (word === 'src' || word === 'dst')) {
			side = word;
			if (sides.includes(cursor.peek(1) ?? '') && ['and', 'or'].includes(cursor.peek() ?? '')) {
				side = cursor.take() === 'and' ? 'both' : 'either';
				cursor.take();
			}
		} else if (kind === undefined && kinds.includes(word)) kind = word;
		else return {qualifiers: {protocol, side, kind}, value: word};
		word = next();
	}
	return {qualifiers: {protocol, side, kind}, value: undefined};
}

function protocolTest(name: string): PacketFilter {
	if (name === 'ip') return packet => packet.etherType === ipType;
	if (name === 'arp') return packet => packet.etherType === arpType;
	if (name === 'ip6' || name === 'icmp6') return () => false;
	return packet => packet.ip?.protocol === protocols[name];
}

function valueTest(
	{protocol, side, kind = 'host'}: Qualifiers,
	value: string,
	addressOf: (name: string) => string | undefined,
): PacketFilter {
	const has = protocol === undefined ? () => true : protocolTest(protocol);
	const test = kind === 'port' || kind === 'portrange' ? portTest(kind, side, value) : addressTest(kind, side, value, addressOf);
	return packet => has(packet) && test(packet);
}

const onSide = (side: Qualifiers['side'], source: boolean, destination: boolean) =>
	side === 'src' ? source : side === 'dst' ? destination : side === 'both' ? source && destination : source || destination;

function portTest(kind: string, side: Qualifiers['side'], value: string): PacketFilter {
	const [low, high = low] = (kind === 'port' ? [value] : value.split('-')).map(portNumber);
	if (low === undefined || high === undefined) throw new FilterProblem(`unknown port ${kind === 'port' ? '' : 'range '}'${value}'`);
	if (low > 65_535 || high > 65_535) throw new FilterProblem(`illegal port number ${low} > 65535`);
	const within = (port: number) => port >= Math.min(low, high) && port <= Math.max(low, high);
	return ({ip, bytes}) =>
		ip !== undefined &&
		[6, 17, 132].includes(ip.protocol) &&
		onSide(side, within(number16(bytes, ip.body)), within(number16(bytes, ip.body + 2)));
}

function addressTest(kind: string, side: Qualifiers['side'], value: string, addressOf: (name: string) => string | undefined): PacketFilter {
	const prefix = parsePrefix(kind === 'net' ? fullNet(value) : (addressOf(value) ?? value));
	if (!prefix && /^[\d.]+$/.test(value)) throw new FilterProblem(`invalid IPv4 address '${value}'`);
	if (!prefix && (kind === 'net' || value.includes('/')))
		throw new FilterProblem(kind === 'net' ? `unknown network '${value}'` : "can't parse filter expression: syntax error");
	if (!prefix) throw new FilterProblem(`unknown host '${value}'`);
	const within = (address: string) => inPrefix(parseIpv4(address) ?? 0, prefix);
	return ({ip, bytes, etherType}) => {
		if (ip) return onSide(side, within(ip.source), within(ip.destination));
		return etherType === arpType && onSide(side, within(addressAt(bytes, etherLength + 14)), within(addressAt(bytes, etherLength + 24)));
	};
}

/** `10.1` is the network of its two bytes. */
function fullNet(value: string): string {
	const [address = '', length] = value.split('/');
	const bytes = address.split('.');
	return `${[...bytes, '0', '0', '0'].slice(0, 4).join('.')}/${length ?? bytes.length * 8}`;
}

function lengthTest(word: 'less' | 'greater', value: string | undefined): PacketFilter | undefined {
	const length = Number(value);
	if (value === undefined || !Number.isInteger(length)) return undefined;
	return word === 'less' ? ({bytes}) => bytes.length <= length : ({bytes}) => bytes.length >= length;
}

const castTest =
	(word: 'broadcast' | 'multicast'): PacketFilter =>
	({bytes}) =>
		word === 'broadcast' ? macAt(bytes, 0) === 'ff:ff:ff:ff:ff:ff' : (bytes[0]! & 1) === 1;

function etherTest(cursor: Cursor): PacketFilter | undefined {
	let word = cursor.take();
	if (word === 'broadcast' || word === 'multicast') return castTest(word);
	if (word === 'proto') {
		const type = cursor.take();
		const number = type === '\\ip' || type === 'ip' ? ipType : type === '\\arp' || type === 'arp' ? arpType : Number(type);
		return ({etherType}) => etherType === number;
	}
	const side = word === 'src' || word === 'dst' ? word : undefined;
	if (side) word = cursor.take();
	const mac = (word === 'host' ? cursor.take() : word)?.toLowerCase();
	if (!/^([\da-f]{1,2}:){5}[\da-f]{1,2}$/.test(mac ?? '')) throw new FilterProblem('illegal link layer address');
	return ({bytes}) => onSide(side, macAt(bytes, 6) === mac, macAt(bytes, 0) === mac);
}
