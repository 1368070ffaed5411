import {rfc3339} from '../../../api/values/time.js';
import {type Decoded, addressAt, arpType, decoded, internetAt, type Internet, ipType, macAt, number16} from './decoded.js';
import {dump} from './dump.js';
import {etherLength, type Frame} from './frame.js';
import type {Options} from './options.js';
import {dnsText} from './print-dns.js';
import {checked} from './print-sum.js';
import {type Numbers, tcpText} from './print-tcp.js';

/** How addresses and ports are called: by name without `-n`. */
export interface Names {
	host(address: string): string;
	port(port: number, protocol: 'tcp' | 'udp'): string;
}

export interface Printer {
	line(frame: Frame): string;
}

/** What is printed of a packet depends on those before: stamps on the one before it, numbers of segments on the first. */
export function createPrinter(options: Options, names: Names, any: boolean): Printer {
	const numbers: Numbers = new Map();
	let previous: number | undefined;
	let first: number | undefined;
	return {
		line(frame) {
			first ??= frame.atMs;
			const stamp = stampText(options.stamps, frame.atMs, options.stamps === 5 ? first : (previous ?? frame.atMs));
			previous = frame.atMs;
			const way = frame.direction === 'out' ? 'Out' : frame.broadcast ? 'B  ' : 'In ';
			const device = any ? `${frame.device.padEnd(5)} ${way} ` : '';
			const packet = decoded(frame.bytes);
			const text = `${stamp}${device}${linkText(packet, frame, any, options)}${bodyText(packet, options, names, numbers)}`;
			return `${text}\n${dump(frame.bytes, options)}`;
		},
	};
}

const two = (value: number) => String(value).padStart(2, '0');

function clockText(atMs: number): string {
	const second = Math.floor(atMs / 1000);
	const fraction = String(Math.round((atMs - second * 1000) * 1000)).padStart(6, '0');
	return `${[Math.floor(second / 3600) % 24, Math.floor(second / 60) % 60, second % 60].map(two).join(':')}.${fraction}`;
}

function stampText(kind: number, atMs: number, since: number): string {
	if (kind === 1) return '';
	if (kind === 2) return `${Math.floor(atMs / 1000)}.${String(Math.round((atMs % 1000) * 1000)).padStart(6, '0')} `;
	if (kind === 3 || kind === 5) return ` ${clockText(atMs - since)} `;
	return kind === 4 ? `${rfc3339(atMs).slice(0, 10)} ${clockText(atMs)} ` : `${clockText(atMs)} `;
}

const typeNames: Readonly<Record<number, string>> = {[ipType]: 'IPv4', [arpType]: 'ARP'};

function linkText({bytes, etherType}: Decoded, {index}: Frame, any: boolean, {link}: Options): string {
	const name = `${typeNames[etherType]} (0x${etherType.toString(16).padStart(4, '0')})`;
	if (link) {
		const rest = bytes.length - etherLength;
		return any
			? `ifindex ${index} ${macAt(bytes, 6)} ethertype ${name}, length ${rest + 20}: `
			: `${macAt(bytes, 6)} > ${macAt(bytes, 0)}, ethertype ${name}, length ${bytes.length}: `;
	}
	return etherType === arpType ? 'ARP, ' : 'IP ';
}

function bodyText(packet: Decoded, options: Options, names: Names, numbers: Numbers): string {
	if (!packet.ip) return arpText(packet.bytes, options, names);
	const head = options.verbose > 0 ? headText(packet.bytes, packet.ip) : '';
	return `${head}${internetText(packet.bytes, packet.ip, options, names, numbers)}`;
}

function arpText(bytes: Uint8Array, {verbose, numeric}: Options, names: Names): string {
	const at = etherLength;
	const [source, target] = [names.host(addressAt(bytes, at + 14)), names.host(addressAt(bytes, at + 24))];
	const what =
		number16(bytes, at + 6) === 1
			? `Request who-has ${target} tell ${source}`
			: `Reply ${source} is-at ${macAt(bytes, at + 8)}${numeric ? '' : ' (oui Unknown)'}`;
	return `${verbose > 0 ? 'Ethernet (len 6), IPv4 (len 4), ' : ''}${what}, length ${bytes.length - at}`;
}

const protocolNames: Readonly<Record<number, string>> = {1: 'ICMP', 6: 'TCP', 17: 'UDP', 132: 'SCTP'};

function headText(bytes: Uint8Array, {at, protocol, end}: Internet): string {
	const isWhole = (bytes[at + 6]! & 0x40) !== 0;
	const parts = [
		`tos 0x${bytes[at + 1]!.toString(16)}`,
		`ttl ${bytes[at + 8]}`,
		`id ${number16(bytes, at + 4)}`,
		'offset 0',
		`flags [${isWhole ? 'DF' : 'none'}]`,
		`proto ${protocolNames[protocol] ?? 'unknown'} (${protocol})`,
		`length ${end - at}`,
	];
	return `(${parts.join(', ')})\n    `;
}

function internetText(bytes: Uint8Array, ip: Internet, options: Options, names: Names, numbers: Numbers): string {
	const [source, destination] = [names.host(ip.source), names.host(ip.destination)];
	if (ip.protocol === 1) return `${source} > ${destination}: ${icmpText(bytes, ip, options, names, numbers)}`;
	const protocol = ip.protocol === 6 ? 'tcp' : 'udp';
	const [from, to] = [number16(bytes, ip.body), number16(bytes, ip.body + 2)];
	const ends = `${source}.${names.port(from, protocol)} > ${destination}.${names.port(to, protocol)}: `;
	if (ip.protocol === 6)
		return `${ends}${options.quiet ? `tcp ${ip.end - ip.body - (bytes[ip.body + 12]! >> 4) * 4}` : tcpText(bytes, ip, options, numbers)}`;
	const length = number16(bytes, ip.body + 4) - 8;
	const dns = options.quiet || (from !== 53 && to !== 53) ? undefined : dnsText(bytes.subarray(ip.body + 8, ip.end), options.verbose);
	const sum = options.verbose > 1 && !options.quiet ? `${checked(bytes, ip, 6, 'udp')} ` : '';
	return `${ends}${sum}${dns === undefined ? `UDP, length ${length}` : `${dns} (${length})`}`;
}

const unreachable: Readonly<Record<number, (address: string, inner: string) => string>> = {
	0: address => `net ${address} unreachable`,
	1: address => `host ${address} unreachable`,
	2: address => `${address} protocol unreachable`,
	3: (address, inner) => `${address} ${inner} unreachable`,
	4: address => `${address} unreachable - need to frag (mtu 1480)`,
	13: address => `host ${address} unreachable - admin prohibited filter`,
};

function icmpText(bytes: Uint8Array, ip: Internet, options: Options, names: Names, numbers: Numbers): string {
	const at = ip.body;
	const type = bytes[at];
	const length = `length ${ip.end - at}`;
	if (type === 8 || type === 0)
		return `ICMP echo ${type === 8 ? 'request' : 'reply'}, id ${number16(bytes, at + 4)}, seq ${number16(bytes, at + 6)}, ${length}`;
	const inner = internetAt(bytes, at + 8);
	const protocol = inner.protocol === 6 ? 'tcp' : 'udp';
	const port = `${protocol} port ${names.port(number16(bytes, inner.body + 2), protocol)}`;
	const what = type === 11 ? 'time exceeded in-transit' : unreachable[bytes[at + 1]!]?.(names.host(inner.destination), port);
	const quoted = {...inner, end: ip.end};
	const about =
		options.verbose > 0
			? `\n\tIP ${headText(bytes, {...quoted, end: inner.at + number16(bytes, inner.at + 2)})}${internetText(bytes, quoted, {...options, quiet: inner.protocol === 6}, names, numbers)}`
			: '';
	return `ICMP ${what}, ${length}${about}`;
}
