import type {Sim} from '../../sim/sim.js';
import {issue} from '../../tls/issue.js';
import {namedKey, namedSerial} from '../../tls/named-key.js';
import {publicHalf} from '../../tls/private-key.js';
import {certificatePem} from '../../tls/self-signed.js';

const hourMs = 3_600_000;
const tenYearsMs = 10 * 365 * 24 * hourMs;

/** An authority and what it signed for the webhook's name, as open-policy-agent/cert-controller makes them for MetalLB. */
export function webhookPair(dnsName: string, {clock, random}: Sim): Record<'ca.crt' | 'ca.key' | 'tls.crt' | 'tls.key', string> {
	const serial = namedSerial(random.fork('metallb/certificate').uuid());
	const [authorityKey, key] = [namedKey('webhook-ca'), namedKey('webhook')];
	const dates = {notBefore: clock.now() - hourMs, notAfter: clock.now() - hourMs + tenYearsMs};
	const usages = ['digitalSignature', 'keyEncipherment'];
	const authority = issue(
		{
			serial: 0n,
			organisations: ['cert'],
			commonName: 'cert',
			usages: [...usages, 'keyCertSign'],
			isAuthority: true,
			dns: ['cert'],
			publicKey: publicHalf(authorityKey),
			...dates,
		},
		{key: authorityKey},
	);
	const leaf = issue(
		{serial, commonName: dnsName, usages, purposes: ['serverAuth'], dns: [dnsName], publicKey: publicHalf(key), ...dates},
		{certificate: authority, key: authorityKey},
	);
	const text = (each: typeof key) => each.export({type: 'pkcs1', format: 'pem'}).toString();
	return {'ca.crt': certificatePem(authority), 'ca.key': text(authorityKey), 'tls.crt': certificatePem(leaf), 'tls.key': text(key)};
}
