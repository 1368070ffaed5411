import {certificatesIn} from './certificate.js';
import {alternativeNames} from './extensions.js';
import {commonName} from './name.js';

/** What a server shows of its certificate in the handshake (`net/tls.ts`): facts for a glance, and the chain as PEM for verification. */
export interface CertificateFacts {
	readonly subject: string;
	readonly issuer: string;
	readonly names: readonly string[];
	/** RFC 3339. */
	readonly notBefore: string;
	readonly notAfter: string;
	readonly pem: string;
}

export const rfc3339 = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, '');

/** A server shows the same certificate again and again. */
const known = new Map<string, CertificateFacts>();
const knownMax = 64;

/** Undefined when the text holds no certificate. */
export function certificateFacts(pem: string): CertificateFacts | undefined {
	const kept = known.get(pem);
	if (kept) return kept;
	const facts = readFacts(pem);
	if (facts && known.size < knownMax) known.set(pem, facts);
	return facts;
}

function readFacts(pem: string): CertificateFacts | undefined {
	const [leaf] = certificatesIn(pem);
	if (!leaf) return undefined;
	const names = alternativeNames(leaf.extensions);
	return {
		subject: commonName(leaf.subject) ?? '',
		issuer: commonName(leaf.issuer) ?? '',
		names: names ? [...names.dns, ...names.addresses] : [],
		notBefore: rfc3339(leaf.notBefore),
		notAfter: rfc3339(leaf.notAfter),
		pem,
	};
}
