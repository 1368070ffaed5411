import type {Link} from '../../../net/link.js';
import type {Packet, Tuple5} from '../../../net/packet.js';

/** What a capture remembers of the connections it sees: the simulation's segments carry no numbers, so each side counts from one that follows from its ends. */
export interface Segments {
	readonly sides: Map<string, Side>;
	packets: number;
}

interface Side {
	next: number;
	stamp: number;
}

export const newSegments = (): Segments => ({sides: new Map(), packets: 0});

const protocols = {icmp: 1, tcp: 6, udp: 17, sctp: 132} as const;
const headerLength = 20;
const wordMax = 2 ** 32;

export const word16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];
export const word32 = (value: number): number[] => [...word16(value >>> 16), ...word16(value)];
const addressBytes = (address: string): number[] => address.split('.').map(Number);
const textBytes = (text: string): number[] => Array.from(text, letter => letter.charCodeAt(0) & 255);

function hashOf(text: string): number {
	let hash = 2_166_136_261;
	for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
	return hash >>> 0;
}

/** The sum that IP, TCP, UDP and ICMP are protected with, before it is turned around. */
export function sumOf(bytes: ArrayLike<number>, start = 0): number {
	let sum = start;
	for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
	while (sum > 0xff_ff) sum = (sum & 0xff_ff) + (sum >>> 16);
	return sum;
}

/** IP header and what follows, as the packet is on a device in one direction. */
export function internetBytes(packet: Packet, link: Link, direction: 'in' | 'out', atMs: number, segments: Segments): number[] {
	const pseudo = sumOf([...addressBytes(packet.source), ...addressBytes(packet.destination), 0, protocols[packet.protocol]]);
	// The device is left to finish the sum of what goes out: it is seen half done.
	const isHalf = direction === 'out' || link.type === 'loopback' || link.type === 'veth';
	const body = bodyOf(packet, link, direction, atMs, segments, (bytes: number[]) => {
		const start = sumOf(word16(bytes.length), pseudo);
		return isHalf ? start : ~sumOf(bytes, start) & 0xff_ff;
	});
	const error = packet.icmp?.about !== undefined;
	const header = [0x45, error ? 0xc0 : 0, ...word16(headerLength + body.length)];
	header.push(...word16((hashOf(`${packet.source} ${packet.destination}`) + segments.packets++) & 0xff_ff));
	header.push(packet.protocol === 'icmp' && packet.icmp?.type !== 'echo-request' ? 0 : 0x40, 0, packet.ttl, protocols[packet.protocol]);
	header.push(0, 0, ...addressBytes(packet.source), ...addressBytes(packet.destination));
	const [high, low] = word16(~sumOf(header) & 0xff_ff);
	header[10] = high!;
	header[11] = low!;
	return [...header, ...body];
}

type Sum = (bytes: number[]) => number;

function bodyOf(packet: Packet, link: Link, direction: string, atMs: number, segments: Segments, sum: Sum): number[] {
	if (packet.protocol === 'icmp') return icmpBytes(packet, atMs);
	if (packet.protocol === 'tcp') return tcpBytes(packet, link, `${link.name} ${direction}`, atMs, segments, sum);
	const payload = textBytes(packet.payload ?? '');
	const bytes = [...word16(packet.sourcePort), ...word16(packet.destinationPort), ...word16(8 + payload.length), 0, 0, ...payload];
	bytes.splice(6, 2, ...word16(sum(bytes)));
	return bytes;
}

const unreachableCodes: Readonly<Record<string, number>> = {net: 0, host: 1, protocol: 2, port: 3, 'frag-needed': 4, prohibited: 13};
const icmpTypes = {'echo-reply': 0, unreachable: 3, 'echo-request': 8, 'time-exceeded': 11} as const;

function icmpBytes(packet: Packet, atMs: number): number[] {
	const {type = 'echo-request', code = '', id = 0, sequence = 0, about} = packet.icmp ?? {};
	const isEcho = about === undefined;
	const bytes = [icmpTypes[type], type === 'unreachable' ? (unreachableCodes[code] ?? 0) : 0, 0, 0];
	bytes.push(...(isEcho ? [...word16(id), ...word16(sequence)] : [0, 0, 0, 0]));
	const room = packet.length - headerLength - bytes.length;
	bytes.push(...(isEcho ? echoData(room, atMs) : quoted(about, room)));
	bytes.splice(2, 2, ...word16(~sumOf(bytes) & 0xff_ff));
	return bytes;
}

/** What ping sends: its time, then a pattern. */
const echoData = (length: number, atMs: number): number[] =>
	[
		...word32(Math.floor(atMs / 1000)).reverse(),
		0,
		0,
		0,
		0,
		...word32((atMs % 1000) * 1000).reverse(),
		0,
		0,
		0,
		0,
		...Array.from({length: 40}, (_, at) => 16 + at),
	].slice(0, length);

/** The beginning of the packet that an error is about. */
function quoted(about: Tuple5, room: number): number[] {
	const length = Math.max(28, room);
	const header = [
		0x45,
		0,
		...word16(length),
		0,
		0,
		0x40,
		0,
		64,
		protocols[about.protocol],
		0,
		0,
		...addressBytes(about.source),
		...addressBytes(about.destination),
	];
	const ports = [...word16(about.sourcePort), ...word16(about.destinationPort), ...word16(length - headerLength), 0, 0];
	return [...header, ...ports, ...new Array<number>(length - headerLength - 8).fill(0)];
}

function tcpBytes(packet: Packet, link: Link, where: string, atMs: number, segments: Segments, sum: Sum): number[] {
	const {flags = {}, source, destination, sourcePort, destinationPort} = packet;
	const payload = textBytes(packet.payload ?? '');
	const [here, there] = [`${source}:${sourcePort}`, `${destination}:${destinationPort}`];
	const own = sideOf(segments, where, here, there, atMs);
	const answered = segments.sides.has(`${device(where)} ${there} ${here}`) || !flags.syn || flags.ack === true;
	const other = answered ? sideOf(segments, where, there, here, atMs) : undefined;
	if (flags.syn) own.next = hashOf(`${here} ${there}`);
	const number = flags.rst && flags.ack ? 0 : packet.probe ? (own.next + wordMax - 1) % wordMax : own.next;
	own.stamp = (hashOf(source) + Math.floor(atMs)) % wordMax;
	const options = flags.rst ? [] : tcpOptions(link, own, flags.syn === true, flags.ack || !flags.syn ? other : undefined);
	const bits = (flags.fin ? 1 : 0) | (flags.syn ? 2 : 0) | (flags.rst ? 4 : 0) | (payload.length > 0 ? 8 : 0) | (flags.ack ? 16 : 0);
	const bytes = [...word16(sourcePort), ...word16(destinationPort), ...word32(number), ...word32(flags.ack ? (other?.next ?? 0) : 0)];
	bytes.push(((20 + options.length) / 4) << 4, bits, ...word16(flags.rst ? 0 : windowOf(flags)), 0, 0, 0, 0, ...options, ...payload);
	bytes.splice(16, 2, ...word16(sum(bytes)));
	own.next = (own.next + payload.length + (flags.syn ? 1 : 0) + (flags.fin ? 1 : 0)) % wordMax;
	return bytes;
}

/** Both directions of a device belong together; another device sees the same segment once more. */
const device = (where: string) => where.split(' ')[0];

function sideOf({sides}: Segments, where: string, here: string, there: string, atMs: number): Side {
	const key = `${device(where)} ${here} ${there}`;
	let side = sides.get(key);
	if (!side)
		sides.set(
			key,
			(side = {next: (hashOf(`${here} ${there}`) + 1) % wordMax, stamp: (hashOf(here.split(':')[0]!) + Math.floor(atMs)) % wordMax}),
		);
	return side;
}

const windowOf = ({syn, ack}: NonNullable<Packet['flags']>) => (syn ? (ack ? 65_160 : 64_240) : 502);

function tcpOptions(link: Link, own: Side, isSyn: boolean, other: Side | undefined): number[] {
	const stamps = [8, 10, ...word32(own.stamp), ...word32(other?.stamp ?? 0)];
	return isSyn ? [2, 4, ...word16(Math.min(link.mtu - 40, 65_495)), 4, 2, ...stamps, 1, 3, 3, 7] : [1, 1, ...stamps];
}
