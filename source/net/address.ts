import {Remembered} from '../sim/remembered.js';

/** IPv4 addresses and prefixes as numbers. The wire carries IPv4 only; IPv6 is text that tools show. */
export interface Prefix {
	readonly base: number;
	readonly mask: number;
	readonly length: number;
}

const parsed = new Remembered<number>(30_000);

/** An unsigned 32-bit number, or undefined when the text is not a dotted quad. Remembered: the packet walk asks all the time. */
export function parseIpv4(text: string): number | undefined {
	const value = parsed.of(text, readQuad);
	return value < 0 ? undefined : value;
}

function readQuad(text: string): number {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
	if (!match) return -1;
	let value = 0;
	for (let i = 1; i <= 4; i++) {
		const octet = Number(match[i]);
		if (octet > 255) return -1;
		value = value * 256 + octet;
	}
	return value;
}

export const formatIpv4 = (value: number): string => `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

export const maskOf = (length: number): number => (length === 0 ? 0 : (0xff_ff_ff_ff << (32 - length)) >>> 0);

/** `10.0.0.0/8`, `10.0.0.0/255.0.0.0` or a bare address; host bits are cleared. */
export function parsePrefix(text: string): Prefix | undefined {
	const slash = text.indexOf('/');
	const address = parseIpv4(slash < 0 ? text : text.slice(0, slash));
	if (address === undefined) return undefined;
	const length = slash < 0 ? 32 : parseLength(text.slice(slash + 1));
	if (length === undefined) return undefined;
	const mask = maskOf(length);
	return {base: (address & mask) >>> 0, mask, length};
}

function parseLength(text: string): number | undefined {
	if (/^\d{1,2}$/.test(text)) return Number(text) <= 32 ? Number(text) : undefined;
	const mask = parseIpv4(text);
	if (mask === undefined) return undefined;
	for (let length = 0; length <= 32; length++) if (maskOf(length) === mask) return length;
	return undefined;
}

export const formatPrefix = ({base, length}: Prefix): string => `${formatIpv4(base)}/${length}`;

export const inPrefix = (address: number, {base, mask}: Prefix): boolean => (address & mask) >>> 0 === base;

export const isLoopback = (address: string): boolean => address.startsWith('127.');

export const isMulticast = (address: string): boolean => {
	const value = parseIpv4(address);
	return value !== undefined && value >>> 28 === 14;
};

export const isIpv6 = (text: string): boolean =>
	text.includes(':') && /^[0-9a-fA-F:]+(?:\d+\.\d+\.\d+\.\d+)?$/.test(text) && text.split('::').length <= 2;

/** The link-local address that Linux derives from a MAC (EUI-64). */
export function linkLocalOf(mac: string): string {
	const bytes = mac.split(':').map(part => Number.parseInt(part, 16));
	const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
	const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
	return `fe80::${groups.map(group => group.toString(16)).join(':')}`;
}
