/** Domain names are lower case and absolute in here: `web.default.svc.cluster.local.`; the root is `.`. */
export const fqdn = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

export const isSubdomain = (zone: string, name: string): boolean => zone === '.' || name === zone || name.endsWith(`.${zone}`);

/** The longest of `zones` that holds `name`. */
export function matchZone(zones: readonly string[], name: string): string | undefined {
	let best: string | undefined;
	for (const zone of zones) if (isSubdomain(zone, name) && (best === undefined || zone.length > best.length)) best = zone;
	return best;
}

/** Labels of `name` before `zone`. */
export function labelsBefore(name: string, zone: string): string[] {
	const rest = zone === '.' ? name.slice(0, -1) : name.slice(0, -zone.length).replace(/\.$/, '');
	return rest === '' ? [] : rest.split('.');
}

/** `cluster.local`, `10.0.0.0/16` (its reverse zones) or `in-addr.arpa`, as in a server block or a plugin's zones. */
export function zonesOf(text: string): string[] {
	const plain = text.replace(/^dns:\/\//, '').replace(/:\d+$/, text.includes('/') || text.split(':').length > 2 ? '$&' : '');
	if (/^[0-9.]+\/\d+$/.test(plain)) return reverseV4(plain);
	if (/^[0-9a-fA-F:]+\/\d+$/.test(plain)) return [reverseV6(plain)];
	return [fqdn(plain.toLowerCase())];
}

function reverseV4(cidr: string): string[] {
	const [address, bits] = cidr.split('/') as [string, string];
	const parts = address.split('.').map(Number);
	const length = Number(bits);
	const whole = Math.max(1, Math.ceil(length / 8));
	const count = length === 0 ? 1 : 2 ** (whole * 8 - length);
	if (length === 0) return ['in-addr.arpa.'];
	const step = parts[whole - 1]! & ~(count - 1);
	return Array.from({length: count}, (_, i) => [...parts.slice(0, whole - 1), step + i].reverse().join('.') + '.in-addr.arpa.');
}

function reverseV6(cidr: string): string {
	const [address, bits] = cidr.split('/') as [string, string];
	return [...expandV6(address).slice(0, Math.ceil(Number(bits) / 4))].reverse().join('.') + '.ip6.arpa.';
}

/** 32 hexadecimal digits. */
export function expandV6(address: string): string {
	const [head = '', tail = ''] = address.toLowerCase().split('::');
	const groups = (text: string) =>
		text
			.split(':')
			.filter(Boolean)
			.map(group => group.padStart(4, '0'));
	const [front, back] = [groups(head), address.includes('::') ? groups(tail) : []];
	return [...front, ...Array.from({length: 8 - front.length - back.length}, () => '0000'), ...back].join('');
}

/** The address that a reverse name asks about: IPv4 text, or 32 hexadecimal digits. */
export function addressOfReverse(name: string): string | undefined {
	if (name.endsWith('.in-addr.arpa.')) {
		const parts = name.slice(0, -'.in-addr.arpa.'.length).split('.');
		return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256) ? parts.reverse().join('.') : undefined;
	}

	if (!name.endsWith('.ip6.arpa.')) return undefined;
	const digits = name.slice(0, -'.ip6.arpa.'.length).split('.');
	return digits.length === 32 ? digits.reverse().join('') : undefined;
}

export const isReverse = (name: string): boolean => name.endsWith('.in-addr.arpa.') || name.endsWith('.ip6.arpa.');

export const isV4 = (text: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every(part => Number(part) < 256);

export const isV6 = (text: string): boolean => {
	if (!/^[0-9a-fA-F:]+$/.test(text) || !text.includes(':') || text.split('::').length > 2 || /:::/.test(text)) return false;
	const groups = text.split(':').filter(Boolean);
	if (groups.some(group => group.length > 4)) return false;
	return text.includes('::') ? groups.length < 8 : groups.length === 8 && !text.startsWith(':') && !text.endsWith(':');
};

/** Comparable form of an address, whatever way it is written. */
export const canonicalAddress = (address: string): string => (address.includes(':') ? expandV6(address) : address);
