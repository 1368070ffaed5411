import {formatIpv4, isIpv6, maskOf, parseIpv4, parsePrefix} from '../address.js';
import {portNumber} from '../iptables/text.js';
import {type SetPart, setTypes} from './types.js';
import {IpSetError} from './ip-set-error.js';

/** A range may not become more members than this at once. */
const rangeMax = 65_536;
const ordinals = ['First', 'Second', 'Third'];

/** The members one entry stands for, in printed spelling: ranges are spread out, ports get their protocol. */
export function entriesOf(type: string, entry: string, family: 'inet' | 'inet6'): string[] {
	const {parts} = setTypes[type]!;
	const given = entry.split(',');
	for (const [i] of parts.entries())
		if (given[i] === undefined) throw new IpSetError(`Syntax error: ${ordinals[i]} element is missing from ${entry}.`);
	if (given.length > parts.length) throw new IpSetError(`Syntax error: Elem separator in ${entry}, but settype ${type} supports none.`);
	let members = [''];
	for (const [i, part] of parts.entries()) {
		const values = valuesOf(type, part, given[i]!, family);
		if (members.length * values.length > rangeMax) throw new IpSetError('Syntax error: range is too large');
		members = members.flatMap(member => values.map(value => (member ? `${member},${value}` : value)));
	}
	return members;
}

function valuesOf(type: string, part: SetPart, text: string, family: 'inet' | 'inet6'): string[] {
	if (part === 'port') return ports(text, type.startsWith('bitmap:'));
	if (part !== 'ip' && part !== 'net') return [text];
	if (family === 'inet6') {
		if (!isIpv6(text.split('/')[0]!)) throw new IpSetError(`Syntax error: cannot parse ${text}: resolving to IPv6 address failed`);
		return [text];
	}
	const [low = '', high] = text.split('-');
	const length = /^[\d.]+\/(\d+)$/.exec(low)?.[1];
	if (length !== undefined && Number(length) > 32) throw new IpSetError(`Syntax error: '${length}' is out of range 0-32`);
	const prefix = parsePrefix(low);
	if (!prefix) throw new IpSetError(`Syntax error: cannot parse ${text}: resolving to IPv4 address failed`);
	if (part === 'net') {
		if (prefix.length === 0) throw new IpSetError('The value of the CIDR parameter of the IP address is invalid');
		return [prefix.length === 32 ? formatIpv4(prefix.base) : `${formatIpv4(prefix.base)}/${prefix.length}`];
	}
	const end = high === undefined ? prefix.base + 2 ** (32 - prefix.length) - 1 : parseIpv4(high);
	if (end === undefined) throw new IpSetError(`Syntax error: cannot parse ${high}: resolving to IPv4 address failed`);
	// A range may be written from either end.
	const [first, last] = end < prefix.base ? [end, prefix.base] : [prefix.base, end];
	if (last - first >= rangeMax) throw new IpSetError('Syntax error: range is too large');
	return Array.from({length: last - first + 1}, (_, i) => formatIpv4(first + i));
}

const withPorts = ['tcp', 'udp', 'sctp', 'udplite'];
/** ICMP's type and code, as one number. */
const icmpNames: Readonly<Record<string, number>> = {'echo-reply': 0, pong: 0, 'echo-request': 8 << 8, ping: 8 << 8};

function ports(text: string, bare: boolean): string[] {
	const [name, range] = text.includes(':') ? text.split(/:(.*)/s) : ['tcp', text];
	const protocol = name!.toLowerCase();
	if (protocol === 'icmp') {
		const [type = '', code = '0'] = (icmpNames[range!] === undefined ? range! : `${icmpNames[range!]! >> 8}/0`).split('/');
		if (!/^\d+$/.test(type)) throw new IpSetError(`Syntax error: '${range}' is invalid as number`);
		return [type === '8' && code === '0' ? 'icmp:echo-request' : type === '0' && code === '0' ? 'icmp:echo-reply' : `icmp:${type}/${code}`];
	}
	if (!withPorts.includes(protocol)) throw new IpSetError(`Syntax error: cannot parse '${name}' as a protocol`);
	const [low, high = low] = range!.split('-').map(word => portOf(word, protocol, text.includes(':')));
	if (low! > high!) throw new IpSetError(`Syntax error: '${text}' is invalid as number`);
	return Array.from({length: high! - low! + 1}, (_, i) => (bare ? String(low! + i) : `${protocol}:${low! + i}`));
}

function portOf(word: string, protocol: string, named: boolean): number {
	const port = portNumber(word);
	if (port !== undefined) return port;
	const why = /^\d+$/.test(word) ? 'is out of range 0-65535' : 'is invalid as number';
	// The library tries the word as a port, then the protocol as one, and tells of all its attempts.
	const more = named ? `\nSyntax error: '${protocol}' is invalid as number\ncannot parse '${word}' as a ${protocol} port` : '';
	throw new IpSetError(`Syntax error: '${word}' ${why}${more}`);
}

/** Of each part that holds networks: how long they are, the longest first. A packet can be in no others. */
export function lengthsIn(type: string, members: Iterable<string>): ReadonlyArray<readonly number[]> {
	const {parts} = setTypes[type]!;
	if (!parts.includes('net')) return [];
	const found = parts.map(() => new Set<number>());
	for (const member of members)
		for (const [i, text] of member.split(',').entries()) if (parts[i] === 'net') found[i]!.add(Number(text.split('/')[1] ?? 32));
	return found.map(lengths => [...lengths].sort((a, b) => b - a));
}

/** Keys under which a packet may be found: one, or where the type holds networks one for each of their `lengths`. */
export function lookupKeys(type: string, parts: readonly string[], lengths: ReadonlyArray<readonly number[]>): string[] {
	if (lengths.length === 0) return [parts.join(',')];
	let keys = [''];
	for (const [i, part] of setTypes[type]!.parts.entries()) {
		const values = part === 'net' ? networksOf(parts[i]!, lengths[i]!) : [parts[i]!];
		keys = keys.flatMap(key => values.map(value => (key ? `${key},${value}` : value)));
	}
	return keys;
}

function networksOf(text: string, lengths: readonly number[]): readonly string[] {
	const address = parseIpv4(text);
	if (address === undefined) return [text];
	return lengths.map(length => (length === 32 ? text : `${formatIpv4((address & maskOf(length)) >>> 0)}/${length}`));
}
