/**
 * TLS in outline: the server says who it is, then bytes follow that are only marked as protected. Enough for name and trust checks, SNI
 * and the errors of a port that speaks something else; nothing is encrypted.
 */
export interface TlsCertificate {
	/** Common names. */
	readonly subject: string;
	readonly issuer: string;
	/** Subject alternative names: DNS names and addresses. */
	readonly names: readonly string[];
	/** RFC 3339. */
	readonly notBefore: string;
	readonly notAfter: string;
	/** Its own PEM text and that of the CA that signed it (the same when self-signed): what `--cacert` is compared with. */
	readonly pem?: string;
	readonly issuerPem?: string;
}

export interface ClientHello {
	readonly serverName: string;
}

const handshake = '\u0016\u0003';
const applicationData = '\u0017\u0003\u0003';

export const clientHello = (hello: ClientHello): string => `${handshake}\u0001${JSON.stringify(hello)}`;
export const serverHello = (certificate: TlsCertificate): string => `${handshake}\u0003${JSON.stringify(certificate)}`;
export const isTls = (bytes: string): boolean => bytes.startsWith(handshake) || bytes.startsWith(applicationData);
export const readClientHello = (bytes: string): ClientHello | undefined =>
	bytes.startsWith(`${handshake}\u0001`) ? JSON.parse(bytes.slice(3)) : undefined;
export const readServerHello = (bytes: string): TlsCertificate | undefined =>
	bytes.startsWith(`${handshake}\u0003`) ? JSON.parse(bytes.slice(3)) : undefined;
export const sealTls = (bytes: string): string => applicationData + bytes;
export const openTls = (bytes: string): string | undefined =>
	bytes.startsWith(applicationData) ? bytes.slice(applicationData.length) : undefined;

/** The one authority behind all certificates of the simulated internet; every distribution's bundle trusts it. */
export const publicCa = {
	name: 'kubelab Internet CA',
	pem: '-----BEGIN CERTIFICATE-----\nS1VCRUxBQi1JTlRFUk5FVC1DQQ==\n-----END CERTIFICATE-----',
} as const;
