import {parseIp, quoted} from './address.js';

/** Models internal/ipfamily. */
export type Family = 'ipv4' | 'ipv6' | 'dual';

/** What a refused request or configuration is answered with. */
export class MetalLbError extends Error {}

export const familyOf = (address: string): 'ipv4' | 'ipv6' => parseIp(address)?.family ?? 'ipv6';

export function familyOfAll(addresses: readonly string[]): Family {
	const [first, second] = addresses;
	if (addresses.length === 1) return familyOf(first!);
	if (addresses.length !== 2) throw new MetalLbError(`IPFamilyForAddresses: invalid ips length ${addresses.length} ${quoted(addresses)}`);
	if (familyOf(first!) === familyOf(second!)) throw new MetalLbError(`IPFamilyForAddresses: same address family ${quoted(addresses)}`);
	return 'dual';
}

export function familyOfService({spec}: any): Family {
	return familyOfAll(spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP]);
}
