/** Addresses and networks as rules compute with them (apiserver/pkg/cel/library/ip.go, cidr.go). Only IP, no zones, no IPv4 in IPv6. */
export class CelIp {
	readonly bits: 32 | 128;
	readonly value: bigint;
	constructor(bits: 32 | 128, value: bigint) {
		this.bits = bits;
		this.value = value;
	}
}

export class CelCidr {
	readonly ip: CelIp;
	readonly length: number;
	constructor(ip: CelIp, length: number) {
		this.ip = ip;
		this.length = length;
	}
}

const v4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

function read(text: string): CelIp | undefined {
	if (v4.test(text)) {
		const bytes = text.split('.').map(Number);
		return bytes.every(byte => byte < 256) ? new CelIp(32, join(bytes, 8)) : undefined;
	}

	if (!/^[0-9a-fA-F:]+$/.test(text) || (text.match(/::/g) ?? []).length > 1) return undefined;
	const [head = '', tail] = text.split('::');
	const [before, after] = [groups(head), groups(tail ?? '')];
	const missing = 8 - before.length - after.length;
	if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
	const all = [...before, ...Array.from({length: missing}, () => '0'), ...after];
	if (!all.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
	const value = join(
		all.map(group => Number.parseInt(group, 16)),
		16,
	);
	return value >> 32n === 0xff_ffn ? undefined : new CelIp(128, value);
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
const join = (parts: readonly number[], width: number): bigint => parts.reduce((sum, part) => (sum << BigInt(width)) | BigInt(part), 0n);

function parseIp(text: string): CelIp {
	const found = read(text);
	if (!found)
		throw new Error(
			`IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): unable to parse IP`,
		);
	return found;
}

function readCidr(text: string): CelCidr | undefined {
	const [, address = '', digits] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
	const ip = read(address);
	return ip && digits !== undefined && Number(digits) <= ip.bits ? new CelCidr(ip, Number(digits)) : undefined;
}

function parseCidr(text: string): CelCidr {
	const found = readCidr(text);
	if (!found)
		throw new Error(
			`network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)}): ${text.includes('/') ? 'unable to parse IP' : "no '/'"}`,
		);
	return found;
}

/** As Go writes it: the longest run of zero groups becomes `::`. */
function print({bits, value}: CelIp): string {
	if (bits === 32) return [24n, 16n, 8n, 0n].map(at => String((value >> at) & 255n)).join('.');
	const parts = Array.from({length: 8}, (_, at) => ((value >> BigInt(16 * (7 - at))) & 0xff_ffn).toString(16));
	const runs = [...parts.join(':').matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length || a.index - b.index);
	const text = parts.join(':');
	if (!runs[0]) return text;
	const [before, after] = [text.slice(0, runs[0].index), text.slice(runs[0].index + runs[0][0].length)];
	return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

const within = ({bits, value}: CelIp, length: number): bigint => value >> BigInt(bits - length);
const inside = ({bits, value}: CelIp, network: string): boolean => {
	const {ip, length} = parseCidr(network);
	return bits === ip.bits && within({bits, value}, length) === within(ip, length);
};
const any = (ip: CelIp, ...networks: string[]): boolean => networks.some(network => inside(ip, network));
const isUnspecified = ({value}: CelIp) => value === 0n;
const isLoopback = (ip: CelIp) => any(ip, '127.0.0.0/8', '::1/128');
const isLinkLocal = (ip: CelIp) => any(ip, '169.254.0.0/16', 'fe80::/10');
const containsIp = ({ip, length}: CelCidr, other: CelIp) => ip.bits === other.bits && within(ip, length) === within(other, length);
const containsCidr = (outer: CelCidr, inner: CelCidr) => outer.length <= inner.length && containsIp(outer, inner.ip);

export class IpNamespace {}

/** By signature, as `functions.ts` registers them. */
export const addressFunctions: Readonly<Record<string, (...args: any[]) => unknown>> = {
	'isIP(string): bool': text => read(text) !== undefined,
	'ip(string): net.IP': parseIp,
	'IpNamespace.isCanonical(string): bool': (_, text) => print(parseIp(text)) === text,
	'string(net.IP): string': print,
	'net.IP.family(): int': ({bits}: CelIp) => (bits === 32 ? 4n : 6n),
	'net.IP.isUnspecified(): bool': isUnspecified,
	'net.IP.isLoopback(): bool': isLoopback,
	'net.IP.isLinkLocalMulticast(): bool': ip => any(ip, '224.0.0.0/24', 'ff02::/16'),
	'net.IP.isLinkLocalUnicast(): bool': isLinkLocal,
	'net.IP.isGlobalUnicast(): bool': ip =>
		!isUnspecified(ip) && !isLoopback(ip) && !isLinkLocal(ip) && !any(ip, '224.0.0.0/4', '255.255.255.255/32', 'ff00::/8'),
	'isCIDR(string): bool': text => readCidr(text) !== undefined,
	'cidr(string): net.CIDR': parseCidr,
	'string(net.CIDR): string': ({ip, length}: CelCidr) => `${print(ip)}/${length}`,
	'net.CIDR.containsIP(net.IP): bool': containsIp,
	'net.CIDR.containsIP(string): bool': (cidr, text) => containsIp(cidr, parseIp(text)),
	'net.CIDR.containsCIDR(net.CIDR): bool': containsCidr,
	'net.CIDR.containsCIDR(string): bool': (cidr, text) => containsCidr(cidr, parseCidr(text)),
	'net.CIDR.ip(): net.IP': ({ip}: CelCidr) => ip,
	'net.CIDR.masked(): net.CIDR': ({ip, length}: CelCidr) => {
		const host = BigInt(ip.bits - length);
		return new CelCidr(new CelIp(ip.bits, (ip.value >> host) << host), length);
	},
	'net.CIDR.prefixLength(): int': ({length}: CelCidr) => BigInt(length),
};
