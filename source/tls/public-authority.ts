import type {Certificate} from './certificate.js';
import {issue} from './issue.js';
import {namedKey, namedSerial} from './named-key.js';
import {publicHalf} from './private-key.js';
import {certificatePem} from './self-signed.js';

const name = 'kubelab Internet CA';
const days = (count: number) => count * 86_400_000;
const sinceMs = Date.UTC(2026, 0, 1);
let root: Certificate | undefined;

/** The one authority behind all certificates of the simulated internet; every distribution's bundle trusts it. */
export function publicAuthority(): Certificate {
	const key = namedKey('internet-ca');
	root ??= issue(
		{
			serial: namedSerial(name),
			organisations: ['kubelab'],
			commonName: name,
			usages: ['keyCertSign', 'cRLSign'],
			isAuthority: true,
			publicKey: publicHalf(key),
			notBefore: sinceMs,
			notAfter: sinceMs + days(7300),
		},
		{key},
	);
	return root;
}

export const publicBundle = (): string => `# ${name}\n${certificatePem(publicAuthority())}`;

/** Bundles of Red Hat's and of Debian's family; the first that is there is the one that programs read. */
const bundles = ['/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/cert.pem'];

/** Where a machine keeps what it trusts; undefined where it trusts nobody. */
export const bundlePath = (exists: (path: string) => boolean): string | undefined => bundles.find(exists);

const sites = new Map<string, string>();
const sitesMax = 64;

/** What a public site shows; the first of its names is its common name. */
export function publicCertificate(names: readonly string[]): string {
	const [site = ''] = names;
	const known = sites.get(site);
	if (known !== undefined) return known;
	const leaf = issue(
		{
			serial: namedSerial(site),
			commonName: site,
			usages: ['digitalSignature', 'keyEncipherment'],
			purposes: ['serverAuth', 'clientAuth'],
			dns: names,
			publicKey: publicHalf(namedKey('internet')),
			notBefore: sinceMs,
			notAfter: sinceMs + days(365),
		},
		{certificate: publicAuthority(), key: namedKey('internet-ca')},
	);
	const text = certificatePem(leaf);
	if (sites.size < sitesMax) sites.set(site, text);
	return text;
}
