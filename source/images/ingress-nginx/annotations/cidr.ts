const isAddress = (text: string): boolean => {
	if (text.includes(':')) return /^[0-9a-fA-F:.]+$/.test(text) && text.split('::').length <= 2 && text.split(':').length <= 8;
	const parts = text.split('.');
	return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255 && !/^0\d/.test(part));
};

/** An address, or a network in CIDR notation. */
export function isCidrOrAddress(text: string): boolean {
	const [address = '', bits, ...rest] = text.split('/');
	if (rest.length > 0 || !isAddress(address)) return false;
	return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(':') ? 128 : 32));
}

/** internal/net ParseIPNets: what can be read, sorted, and the first that cannot in Go's words. */
export function readCidrs(text: string): {readonly cidrs: readonly string[]; readonly error?: string} {
	const parts = text
		.split(',')
		.map(part => part.trim())
		.filter(Boolean);
	const wrong = parts.find(part => !isCidrOrAddress(part));
	const cidrs = [...new Set(parts.filter(isCidrOrAddress).map(network))].sort();
	return wrong === undefined ? {cidrs} : {cidrs, error: `invalid CIDR address: ${wrong}`};
}

/** `10.1.2.3/8` is `10.0.0.0/8`; addresses stay as they are. */
function network(text: string): string {
	const [address = '', bits] = text.split('/');
	if (bits === undefined || address.includes(':')) return text;
	const mask = 2 ** (32 - Number(bits));
	const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
	const base = Math.floor(value / mask) * mask;
	const octets = [24, 16, 8, 0].map(shift => Math.floor(base / 2 ** shift) % 256);
	return `${octets.join('.')}/${bits}`;
}
