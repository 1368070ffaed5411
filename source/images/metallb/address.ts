/** Addresses of both families as numbers, in the forms Go's net package reads and prints. */
export interface Ip {
	readonly family: 'ipv4' | 'ipv6';
	readonly value: bigint;
}

export interface Prefix extends Ip {
	readonly length: number;
}

export const widthOf = (family: Ip['family']): number => (family === 'ipv4' ? 32 : 128);

/** net.ParseIP: no leading zeros, no zone; a mapped IPv4 address is an IPv4 address. */
export function parseIp(text: string): Ip | undefined {
	const quad = parseQuad(text);
	if (quad !== undefined) return {family: 'ipv4', value: quad};
	const groups = text.includes(':') ? ipv6Groups(text) : undefined;
	if (!groups) return undefined;
	const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
	return value >> 32n === 0xffffn ? {family: 'ipv4', value: value & 0xffff_ffffn} : {family: 'ipv6', value};
}

function parseQuad(text: string): bigint | undefined {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined;
	return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function ipv6Groups(text: string): number[] | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const groups = halves.map(half => (half === '' ? [] : half.split(':').flatMap(groupsOf)));
	const [head = [], tail] = groups;
	const missing = 8 - head.length - (tail?.length ?? 0);
	const all = tail ? [...head, ...Array<number>(Math.max(0, missing)).fill(0), ...tail] : head;
	const wellFormed = all.length === 8 && (!tail || missing > 0) && all.every(group => Number.isInteger(group));
	return wellFormed ? all : undefined;
}

function groupsOf(word: string): number[] {
	const quad = word.includes('.') ? parseQuad(word) : undefined;
	if (quad !== undefined) return [Number(quad >> 16n), Number(quad & 0xffffn)];
	return [/^[0-9a-f]{1,4}$/i.test(word) ? Number.parseInt(word, 16) : Number.NaN];
}

/** RFC 5952: the longest run of two or more zero groups is left out. */
export function formatIp({family, value}: Ip): string {
	if (family === 'ipv4') return [24n, 16n, 8n, 0n].map(shift => String((value >> shift) & 255n)).join('.');
	const groups = Array.from({length: 8}, (_, i) => Number((value >> BigInt(16 * (7 - i))) & 0xffffn));
	let [start, length] = [-1, 1];
	for (let i = 0; i < 8; i++) {
		let run = 0;
		while (i + run < 8 && groups[i + run] === 0) run++;
		if (run > length) [start, length] = [i, run];
	}

	const words = (list: readonly number[]) => list.map(group => group.toString(16)).join(':');
	return start < 0 ? words(groups) : `${words(groups.slice(0, start))}::${words(groups.slice(start + length))}`;
}

export const formatPrefix = (prefix: Prefix): string => `${formatIp(prefix)}/${prefix.length}`;

/** net.ParseCIDR; host bits are cleared. */
export function parseCidr(text: string): Prefix | undefined {
	const [, address = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
	const ip = parseIp(address);
	const length = Number(digits);
	return ip && digits !== '' && length <= widthOf(ip.family) ? masked(ip, length) : undefined;
}

function masked({family, value}: Ip, length: number): Prefix {
	const host = BigInt(widthOf(family) - length);
	return {family, value: (value >> host) << host, length};
}

/** The fewest prefixes that cover the addresses from one to the other, ascending. */
export function summarize(first: Ip, last: Ip): Prefix[] {
	const {family} = first;
	const width = widthOf(family);
	const prefixes: Prefix[] = [];
	for (let value = first.value; value <= last.value; ) {
		let bits = 0;
		while (bits < width && value % (2n << BigInt(bits)) === 0n && value + (2n << BigInt(bits)) - 1n <= last.value) bits++;
		prefixes.push({family, value, length: width - bits});
		value += 1n << BigInt(bits);
	}

	return prefixes;
}

export const sizeOf = ({family, length}: Prefix): bigint => 1n << BigInt(widthOf(family) - length);

export const contains = (prefix: Prefix, ip: Ip): boolean =>
	prefix.family === ip.family && ip.value >= prefix.value && ip.value < prefix.value + sizeOf(prefix);

export const overlaps = (a: Prefix, b: Prefix): boolean => contains(a, b) || contains(b, a);

/** Ends in 0 or 255: some firmwares take such an address for a broadcast and drop its packets. */
export const isBuggy = ({family, value}: Ip): boolean => family === 'ipv4' && ((value & 255n) === 0n || (value & 255n) === 255n);

/** How Go prints a list with %q. */
export const quoted = (texts: readonly string[]): string => `[${texts.map(text => JSON.stringify(text)).join(' ')}]`;
