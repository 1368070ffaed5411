import {formatIpv4, isIpv6, maskOf, parseIpv4, parsePrefix} from './address.js';
import {IpSetError} from './ipset.js';
import {type SetPart, setTypes} from './ipset-types.js';

/** A range may not become more members than this at once. */
const rangeMax = 65_536;
const ordinals = ['First', 'Second', 'Third'];

/** The members one entry stands for, in printed spelling: ranges are spread out, ports get their protocol. */
export function entriesOf(type: string, entry: string, family: 'inet' | 'inet6'): string[] {
	const {parts} = setTypes[type]!;
	const given = entry.split(',');
	for (const [i] of parts.entries()) if (!given[i]) throw new IpSetError(`Syntax error: ${ordinals[i]} element is missing from ${entry}.`);
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
	const prefix = parsePrefix(low);
	if (!prefix) throw new IpSetError(`Syntax error: cannot parse ${text}: resolving to IPv4 address failed`);
	if (part === 'net') {
		if (prefix.length === 0) throw new IpSetError('The value of the CIDR parameter of the IP address is invalid');
		return [prefix.length === 32 ? formatIpv4(prefix.base) : `${formatIpv4(prefix.base)}/${prefix.length}`];
	}
	const end = high === undefined ? prefix.base + 2 ** (32 - prefix.length) - 1 : parseIpv4(high);
	if (end === undefined) throw new IpSetError(`Syntax error: cannot parse ${high}: resolving to IPv4 address failed`);
	if (end - prefix.base >= rangeMax) throw new IpSetError('Syntax error: range is too large');
	return Array.from({length: end - prefix.base + 1}, (_, i) => formatIpv4(prefix.base + i));
}

function ports(text: string, bare: boolean): string[] {
	const found = /^(?:([a-z0-9]+):)?(\d+)(?:-(\d+))?$/i.exec(text);
	const protocol = found?.[1]?.toLowerCase() ?? 'tcp';
	const low = Number(found?.[2]);
	const high = Number(found?.[3] ?? low);
	if (!found || low > 65_535 || high > 65_535 || low > high) throw new IpSetError(`Syntax error: '${text}' is invalid as number`);
	if (!['tcp', 'udp', 'sctp', 'icmp', 'udplite'].includes(protocol))
		throw new IpSetError(`Syntax error: cannot parse '${protocol}' as a protocol`);
	return Array.from({length: high - low + 1}, (_, i) => (bare ? String(low + i) : `${protocol}:${low + i}`));
}

/** Keys under which a packet may be found: one, or one for each prefix length where the type holds networks. */
export function lookupKeys(type: string, parts: readonly string[]): string[] {
	let keys = [''];
	for (const [i, part] of setTypes[type]!.parts.entries()) {
		const values = part === 'net' ? networksOf(parts[i]!) : [parts[i]!];
		keys = keys.flatMap(key => values.map(value => (key ? `${key},${value}` : value)));
	}
	return keys;
}

function networksOf(text: string): string[] {
	const address = parseIpv4(text);
	if (address === undefined) return [text];
	const keys = [text];
	for (let length = 31; length > 0; length--) keys.push(`${formatIpv4((address & maskOf(length)) >>> 0)}/${length}`);
	return keys;
}
