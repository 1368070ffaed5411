import {isIpv6, parseIpv4, parsePrefix} from '../address.js';
import {usageError} from './iptables.js';

/** Wrong usage, in the words of the program; a stray word is told without its version. */
export function usage(message: string, program: string, line: string): string {
	const version = /^(?:Bad argument `|$)/.test(message) ? '' : `${program} v1.8.9 (nf_tables): `;
	return `${version}${message}${message === '' ? '' : '\n'}${line}Try \`${program} -h' or '${program} --help' for more information.`;
}

/** Splits one line of iptables-restore input: words, `"quoted words"` with backslash escapes. */
export function splitWords(line: string): string[] {
	if (!/["']/.test(line)) return line.split(/\s+/).filter(word => word !== '');
	const words: string[] = [];
	// A word is made of bare and quoted pieces that touch one another.
	for (const [whole] of line.matchAll(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"'])+|["']/g)) {
		if (whole === '"' || whole === "'") throw usageError('Unbalanced quotes in the input');
		words.push(/["']/.test(whole) ? unquote(whole) : whole);
	}
	return words;
}

const unquote = (word: string) =>
	word.replace(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g, (_whole, one?: string, other?: string) =>
		(one ?? other ?? '').replace(/\\(.)/g, '$1'),
	);

/** As iptables-save prints a free text: bare when it is made of letters, digits, `-` and `_` only. */
export const quoteText = (text: string): string => (/^[A-Za-z0-9_-]+$/.test(text) ? text : `"${text.replace(/["'\\]/g, '\\$&')}"`);

const protocolNumbers: Readonly<Record<string, number>> = {
	icmp: 1,
	igmp: 2,
	ipip: 4,
	ipencap: 4,
	tcp: 6,
	udp: 17,
	gre: 47,
	esp: 50,
	ah: 51,
	icmpv6: 58,
	'ipv6-icmp': 58,
	ipv6: 41,
	ospf: 89,
	sctp: 132,
	udplite: 136,
};
const protocolNames: Readonly<Record<number, string>> = {
	1: 'icmp',
	2: 'igmp',
	4: 'ipencap',
	6: 'tcp',
	17: 'udp',
	47: 'gre',
	50: 'esp',
	51: 'ah',
	41: 'ipv6',
	58: 'ipv6-icmp',
	89: 'ospf',
	132: 'sctp',
	136: 'udplite',
};

/** `tcp`, `6`, `all`: the name that iptables-save prints; `all` stands for no protocol at all. */
export function readProtocol(text: string): string {
	const lower = text.toLowerCase();
	if (lower === 'all' || lower === '0') return 'all';
	if (lower in protocolNumbers) return protocolNames[protocolNumbers[lower]!]!;
	if (/^\d+$/.test(lower) && Number(lower) < 256) return protocolNames[Number(lower)] ?? String(Number(lower));
	throw usageError(`unknown protocol "${lower}" specified`);
}

export const protocolNumber = (name: string): number => protocolNumbers[name] ?? (name === 'all' ? 0 : Number(name));

/** An address with its prefix length, as printed after -s and -d. */
export function readAddress(text: string, family: 4 | 6): string {
	if (family === 6) {
		const [address = '', length = '128'] = text.split('/');
		if (!isIpv6(address)) throw usageError(`host/network \`${address}' not found`);
		if (!/^\d+$/.test(length) || Number(length) > 128) throw usageError(`invalid mask \`${length}' specified`);
		return `${address.toLowerCase()}/${Number(length)}`;
	}
	const slash = text.indexOf('/');
	const address = slash < 0 ? text : text.slice(0, slash);
	if (address === 'localhost') return '127.0.0.1/32';
	const full = fullAddress(address);
	if (full === undefined) throw usageError(`host/network \`${address}' not found`);
	const mask = slash < 0 ? '32' : text.slice(slash + 1);
	const prefix = parsePrefix(`${full}/${mask}`);
	if (!prefix && mask.includes('.') && parseIpv4(mask) !== undefined)
		throw usageError(`kubelab: not simulated: iptables with the mask ${mask}`);
	if (!prefix) throw usageError(`invalid mask \`${mask}' specified`);
	return `${formatBase(prefix.base)}/${prefix.length}`;
}

/** `10` and `10.1` are 10.0.0.0 and 10.1.0.0 to iptables. */
function fullAddress(text: string): string | undefined {
	const parts = text.split('.');
	if (parts.length > 4 || !parts.every(part => /^(?:\d+|0x[0-9a-f]+)$/i.test(part) && Number(part) < 256)) return undefined;
	return [...parts.map(Number), 0, 0, 0].slice(0, 4).join('.');
}

const formatBase = (value: number) => `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

const servicePorts: Readonly<Record<string, number>> = {
	ftp: 21,
	ssh: 22,
	telnet: 23,
	smtp: 25,
	domain: 53,
	bootps: 67,
	bootpc: 68,
	tftp: 69,
	http: 80,
	kerberos: 88,
	pop3: 110,
	sunrpc: 111,
	ntp: 123,
	imap2: 143,
	snmp: 161,
	bgp: 179,
	ldap: 389,
	https: 443,
	'microsoft-ds': 445,
	syslog: 514,
	ldaps: 636,
	imaps: 993,
	pop3s: 995,
	nfs: 2049,
	mysql: 3306,
	postgresql: 5432,
	'http-alt': 8080,
};
const portNames: Readonly<Record<number, string>> = Object.fromEntries(Object.entries(servicePorts).map(([name, port]) => [port, name]));

export const portName = (port: string | number): string => portNames[Number(port)] ?? String(port);

export const portNumber = (text: string): number | undefined =>
	/^\d+$/.test(text) ? (Number(text) <= 65_535 ? Number(text) : undefined) : servicePorts[text];

export function readPort(text: string): number {
	const port = portNumber(text);
	if (port === undefined) throw usageError(`invalid port/service \`${text}' specified`);
	return port;
}

/** `80`, `http`, `1000:2000`, `:1024`, `1024:`. */
export function readPortRange(text: string): string {
	const [low = '', high] = text.split(':');
	if (high === undefined) return String(readPort(low));
	const from = low === '' ? 0 : readPort(low);
	const to = high === '' ? 65_535 : readPort(high);
	if (from > to) throw usageError(`invalid portrange (min > max)`);
	return from === to ? String(from) : `${from}:${to}`;
}

export function inPortRange(port: number, range: string): boolean {
	const [low, high] = range.split(':');
	return high === undefined ? port === Number(low) : port >= Number(low) && port <= Number(high);
}

/** `0x4000`, `16384/0xff`: numbers of 32 bits. */
export function readMasked(text: string, option: string, kind: string): {value: number; mask?: number} {
	const number = (word: string) => {
		const value = /^(?:0x[0-9a-f]+|\d+)$/i.test(word) ? Number(word) : Number.NaN;
		if (!(value <= 0xff_ff_ff_ff)) throw usageError(`${kind}: bad integer value for option "--${option}", or out of range.\n`);
		return value;
	};
	const [value = '', mask] = text.split('/');
	return {value: number(value), ...(mask !== undefined && {mask: number(mask)})};
}

export const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`;
