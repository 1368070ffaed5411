import {base64Text} from '../../../api/values/base64.js';
import type {CertificateAuth} from '../configuration.js';
import type {BasicAuth, LocationSettings} from '../location-settings.js';
import {readCidrs} from './cidr.js';
import {namedCertificate} from './certificate.js';
import {type AnnotationReader, LocationDenied} from './reader.js';
import {keyIn, notInStore, type Resolver} from './resolver.js';

const secretName = 'error reading secret name from annotation';

/** annotations/auth/main.go */
export function basicAuth({text, ingress}: AnnotationReader, resolver: Resolver): BasicAuth | undefined {
	const type = text('auth-type');
	if (type === undefined) return undefined;
	if (!/^(basic|digest)$/.test(type)) throw new LocationDenied('invalid authentication type');
	const kind = text('auth-secret-type') ?? 'auth-file';
	const namespace = ingress.metadata.namespace ?? 'default';
	const reference = text('auth-secret');
	if (reference === undefined) throw new LocationDenied(`${secretName}: ingress rule without annotations`);
	const key = keyIn(reference, namespace);
	if (key === undefined) throw new LocationDenied(`${secretName}: unexpected key format: ${JSON.stringify(reference)}`);
	const secret = resolver.secret(key);
	if (!secret) throw new LocationDenied(`unexpected error reading secret ${key}: ${notInStore(key)}`);
	const data: Readonly<Record<string, string>> = secret['data'] ?? {};
	if (kind !== 'auth-file' && kind !== 'auth-map')
		throw new LocationDenied("invalid auth-secret-type in annotation, must be 'auth-file' or 'auth-map'");
	if (kind === 'auth-file' && data['auth'] === undefined)
		throw new LocationDenied(`the secret ${secret.metadata.name} does not contain a key with value auth`);
	const passwords =
		kind === 'auth-file'
			? base64Text(data['auth']!)
			: Object.entries(data)
					.map(([user, password]) => `${user}:${base64Text(password)}\n`)
					.join('');
	return {
		type: type as BasicAuth['type'],
		realm: text('auth-realm') ?? '',
		secret: key,
		file: `/etc/ingress-controller/auth/${namespace}-${ingress.metadata.uid ?? ''}-${secret.metadata.uid ?? ''}.passwd`,
		passwords,
	};
}

/** annotations/authtls/main.go */
export function certificateAuth({text, int, boolean, ingress}: AnnotationReader, resolver: Resolver): CertificateAuth | undefined {
	const reference = text('auth-tls-secret');
	if (reference === undefined) return undefined;
	const found = namedCertificate(reference, resolver);
	const verify = text('auth-tls-verify-client') ?? 'on';
	return {
		caPem: found.ca ?? '',
		secret: keyIn(reference, ingress.metadata.namespace ?? 'default') ?? reference,
		verifyClient: (/^(on|off|optional|optional_no_ca)$/.test(verify) ? verify : 'on') as CertificateAuth['verifyClient'],
		validationDepth: int('auth-tls-verify-depth') || 1,
		errorPage: text('auth-tls-error-page') ?? '',
		passCertToUpstream: boolean('auth-tls-pass-certificate-to-upstream') ?? false,
		matchCommonName: text('auth-tls-match-cn') ?? '',
	};
}

/** annotations/ipallowlist and ipdenylist: one address that can be read is enough. */
function sourceRange({text}: AnnotationReader, name: string, otherwise: readonly string[]): readonly string[] {
	const value = text(name);
	if (value === undefined) return [...otherwise].sort();
	const {cidrs, error} = readCidrs(value);
	if (error !== undefined && cidrs.length === 0)
		throw new LocationDenied(`the annotation does not contain a valid IP address or network: ${error}`);
	return cidrs;
}

export const allowlist = (reader: AnnotationReader, {options}: Resolver) =>
	sourceRange(reader, 'allowlist-source-range', options.whitelistSourceRange);
export const denylist = (reader: AnnotationReader, {options}: Resolver) =>
	sourceRange(reader, 'denylist-source-range', options.denylistSourceRange);

export function satisfy({text}: AnnotationReader): LocationSettings['satisfy'] {
	const value = text('satisfy');
	return value === 'any' || value === 'all' ? value : '';
}
