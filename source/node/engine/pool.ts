/** Where the daemon takes the subnets of new networks from. */
export const defaultPools: readonly string[] = [
	...Array.from({length: 14}, (_, i) => `172.${17 + i}.0.0/16`),
	...Array.from({length: 16}, (_, i) => `192.168.${i * 16}.0/20`),
];

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

export const addressOf = (value: number): string => [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');

export function range(cidr: string): {readonly first: number; readonly count: number; readonly prefix: number} {
	const [address = '0.0.0.0', bits = '32'] = cidr.split('/');
	const count = 2 ** (32 - Number(bits));
	return {first: Math.floor(numberOf(address) / count) * count, count, prefix: Number(bits)};
}

export const firstHost = (cidr: string): string => addressOf(range(cidr).first + 1);

export function contains(cidr: string, address: string): boolean {
	const {first, count} = range(cidr);
	const value = numberOf(address);
	return value >= first && value < first + count;
}

export function overlaps(a: string, b: string): boolean {
	const [left, right] = [range(a), range(b)];
	return left.first < right.first + right.count && right.first < left.first + left.count;
}

/** `10.0.0.0/24`, well formed. */
export const isCidr = (text: string): boolean =>
	/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text) &&
	Number(text.split('/')[1]) <= 32 &&
	text
		.split('/')[0]!
		.split('.')
		.every(part => Number(part) < 256);
