import type {KeyObject} from 'node:crypto';
import {type Certificate, keyIdentifier, readCertificate, signCertificate} from './certificate.js';
import {parseExtension} from './extensions.js';
import type {Name} from './name.js';
import {objectIdNamed} from './object-ids.js';
import {publicHalf} from './private-key.js';

export interface Issue {
	readonly serial: bigint;
	/** `O` before `CN`, as Go writes a pkix.Name. */
	readonly organisations?: readonly string[];
	readonly commonName: string;
	readonly usages: readonly string[];
	readonly purposes?: readonly string[];
	readonly isAuthority?: boolean;
	readonly dns?: readonly string[];
	readonly addresses?: readonly string[];
	readonly notBefore: number;
	readonly notAfter: number;
	/** SubjectPublicKeyInfo. */
	readonly publicKey: Uint8Array;
}

/** Who signs; without one a certificate signs itself. */
export interface Issuer {
	readonly certificate?: Certificate;
	readonly key: KeyObject;
}

/** A certificate with the extensions that Go's crypto/x509 writes, in its order. */
export function issue(what: Issue, {certificate: authority, key}: Issuer): Certificate {
	const {serial, notBefore, notAfter, publicKey, usages, purposes = [], isAuthority = false, dns = [], addresses = []} = what;
	const subject = nameOf(what);
	const setting = {subjectKey: keyIdentifier(publicKey), authorityKey: keyIdentifier(publicHalf(key))};
	const names = [...dns.map(name => `DNS:${name}`), ...addresses.map(address => `IP:${address}`)];
	const rows: ReadonlyArray<readonly [name: string, text: string, wanted: boolean]> = [
		['keyUsage', `critical,${usages.join(',')}`, usages.length > 0],
		['extendedKeyUsage', purposes.join(','), purposes.length > 0],
		['basicConstraints', `critical,CA:${isAuthority ? 'true' : 'false'}`, true],
		['subjectKeyIdentifier', 'hash', isAuthority],
		['authorityKeyIdentifier', 'keyid', authority !== undefined],
		['subjectAltName', names.join(','), names.length > 0],
	];
	const extensions = rows.filter(([, , wanted]) => wanted).map(([name, text]) => parseExtension(name, text, setting));
	return readCertificate(
		signCertificate({serial, issuer: authority?.subject ?? subject, subject, notBefore, notAfter, publicKey, extensions}, key),
	);
}

const nameOf = ({organisations = [], commonName}: Issue): Name => [
	...organisations.map(each => [objectIdNamed('O')!, each] as const),
	[objectIdNamed('CN')!, commonName],
];
