import {createHash} from 'node:crypto';
import {Remembered} from '../../sim/remembered.js';
import type {ServicePort} from './service-port.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Three nodes name the same chains, again at each change. */
const known = new Remembered<string>(40_000);

/** First 16 characters of the base32 of SHA-256: how kube-proxy keeps chain names short (iptables allows 28 characters). */
export const chainHash = (text: string): string => known.of(text, hashed);

function hashed(text: string): string {
	const digest = createHash('sha256').update(text).digest();
	let name = '';
	let bits = 0;
	let value = 0;
	for (let i = 0; name.length < 16; i++) {
		value = ((value << 8) | digest[i]!) & 0xfff;
		bits += 8;
		while (bits >= 5 && name.length < 16) {
			bits -= 5;
			name += alphabet[(value >> bits) & 31];
		}
	}

	return name;
}

export const portHash = (port: Pick<ServicePort, 'name' | 'protocol'>): string => chainHash(port.name + port.protocol);
export const endpointChain = (port: ServicePort, address: string): string => `KUBE-SEP-${chainHash(port.name + port.protocol + address)}`;

/** Chains of service ports, which a full sync looks through for leftovers. */
export const isServiceChain = (name: string): boolean => /^KUBE-(SVC|SVL|FW|EXT|SEP)-/.test(name);
