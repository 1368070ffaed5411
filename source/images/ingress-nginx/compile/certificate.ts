import {base64Text} from '../../../api/values/base64.js';
import type {KubeObject} from '../../../api/object.js';
import {rfc3339} from '../../../api/values/time.js';
import {digest} from '../../../node/image/digest.js';
import {type Certificate as X509, certificatesIn} from '../../../tls/certificate.js';
import {alternativeNames} from '../../../tls/extensions.js';
import {loadX509KeyPair} from '../../../tls/key-pair.js';
import {commonName} from '../../../tls/name.js';
import {isForHost} from '../../../tls/verify.js';
import type {Certificate} from '../configuration.js';

type Read = Certificate | {readonly error: string; readonly forAuth?: true};

const known = new WeakMap<KubeObject, Read>();

/** A Secret as the controller keeps it (internal/ingress/controller/store/backend_ssl.go); `forAuth`: holds passwords, which is no mistake. */
export function readCertificateSecret(secret: KubeObject): Read {
	const read = known.get(secret) ?? readSecret(secret);
	known.set(secret, read);
	return read;
}

function readSecret({metadata, ...rest}: KubeObject): Read {
	const {namespace = 'default', name, uid = ''} = metadata;
	const data: Readonly<Record<string, string>> = rest['data'] ?? {};
	const text = (key: string) => (data[key] === undefined ? undefined : base64Text(data[key]));
	const [certificate, key, ca] = [text('tls.crt'), text('tls.key'), text('ca.crt')];
	const base = {name: `${namespace}-${name}`, namespace, uid, ...(ca && {ca})};
	if (certificate !== undefined && key !== undefined) {
		const error = pairError(certificate, key);
		if (error) return {error: `unexpected error creating SSL Cert: ${error}`};
		if (ca && certificatesIn(ca).length === 0) return {error: 'parsing CA certificate: no valid PEM formatted block found'};
		return {...base, ...describe(certificate, key)};
	}

	if (ca) {
		const authority = certificatesIn(ca)[0];
		if (!authority) return {error: 'unexpected error creating SSL Cert: no valid PEM formatted block found'};
		return {...base, ...describe(ca, ''), certificate: '', key: ''};
	}

	if (data['auth'] !== undefined) return {error: 'secret is used for authentication', forAuth: true};
	return {error: `secret ${JSON.stringify(`${namespace}/${name}`)} contains no keypair or CA certificate`};
}

function pairError(certificate: string, key: string): string | undefined {
	if (!/-----BEGIN /.test(certificate)) return 'no valid PEM formatted block found';
	const {error} = loadX509KeyPair(certificate, key);
	return error && `certificate and private key does not have a matching public key: ${error}`;
}

function describe(certificate: string, key: string): Pick<Certificate, 'certificate' | 'key' | 'names' | 'expires' | 'sha'> {
	const leaf = certificatesIn(certificate)[0]!;
	const names = alternativeNames(leaf.extensions);
	const own = commonName(leaf.subject);
	return {
		certificate,
		key,
		names: [...new Set([...(names?.dns ?? []), ...(names?.addresses ?? []), ...(own ? [own] : [])])],
		expires: rfc3339(leaf.notAfter),
		sha: digest(certificate + key),
	};
}

/** One that the controller made for itself. */
export const ownCertificate = (name: string, certificate: string, key: string): Certificate => ({
	name,
	namespace: '',
	uid: '00000000-0000-0000-0000-000000000000',
	...describe(certificate, key),
});

/** Whether a certificate is for a host: crypto/x509's reason against it, and whether its common name would do. */
export function judgeHost({certificate}: Certificate, host: string): {readonly error?: string; readonly byCommonName?: boolean} {
	const leaf = certificatesIn(certificate)[0];
	if (!leaf) return {error: `x509: certificate is not valid for any names, but wanted to match ${host}`};
	const names = alternativeNames(leaf.extensions);
	if (names && isForHost(leaf, host)) return {};
	const matches = isForHost(withoutNames(leaf), host);
	return {error: hostError(names?.dns ?? [], matches, host), byCommonName: matches || isForHost(leaf, host)};
}

const withoutNames = (leaf: X509): X509 => ({...leaf, extensions: []});

function hostError(dns: readonly string[], commonNameMatches: boolean, host: string): string {
	if (dns.length > 0) return `x509: certificate is valid for ${dns.join(', ')}, not ${host}`;
	return commonNameMatches
		? 'x509: certificate relies on legacy Common Name field, use SANs instead'
		: `x509: certificate is not valid for any names, but wanted to match ${host}`;
}
