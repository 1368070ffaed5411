/**
 * TLS in outline: the server says who it is, then bytes follow that are only marked as protected. Certificates are real and are really
 * verified; nothing is encrypted. Enough for names, trust, client certificates, SNI, ALPN, and the errors of a port that speaks
 * something else.
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
	/** Its own PEM text, with its chain. */
	readonly pem?: string;
}

/** What the server says beside its certificate. */
export interface ServerHello extends TlsCertificate {
	/** The protocol that it chose of those offered. */
	readonly alpn?: string;
	/** Its library: which cipher it prefers, how many tickets it gives. Default: OpenSSL. */
	readonly library?: 'openssl' | 'go';
	/** Authorities whose clients it asks for: it sends CertificateRequest. PEM. */
	readonly clientAuthorities?: string;
}

export interface ClientHello {
	readonly serverName: string;
	/** ALPN, best first. */
	readonly protocols?: readonly string[];
}

const handshake = '\u0016\u0003';
const applicationData = '\u0017\u0003\u0003';
/** The same with the certificate of whoever sends it in front. */
const signedData = '\u0017\u0003\u0004';
const alert = '\u0015\u0003\u0003';

export const clientHello = (hello: ClientHello): string => `${handshake}\u0001${JSON.stringify(hello)}`;
export const serverHello = (hello: ServerHello): string => `${handshake}\u0003${JSON.stringify(hello)}`;
export const isTls = (bytes: string): boolean => bytes.startsWith(handshake) || bytes.startsWith('\u0017\u0003');
export const readClientHello = (bytes: string): ClientHello | undefined =>
	bytes.startsWith(`${handshake}\u0001`) ? JSON.parse(bytes.slice(3)) : undefined;
export const isServerHello = (bytes: string): boolean => bytes.startsWith(`${handshake}\u0003`);
export const readServerHello = (bytes: string): ServerHello | undefined => (isServerHello(bytes) ? JSON.parse(bytes.slice(3)) : undefined);

/** `certificate`: what the client shows of itself, as PEM. */
export const sealTls = (bytes: string, certificate?: string): string =>
	certificate === undefined ? applicationData + bytes : `${signedData}${certificate.length}:${certificate}${bytes}`;

export const openTls = (bytes: string): string | undefined => readSealed(bytes)?.bytes;

export function readSealed(bytes: string): {readonly bytes: string; readonly certificate?: string} | undefined {
	if (bytes.startsWith(applicationData)) return {bytes: bytes.slice(applicationData.length)};
	if (!bytes.startsWith(signedData)) return undefined;
	const colon = bytes.indexOf(':');
	const end = colon + 1 + Number(bytes.slice(signedData.length, colon));
	return {bytes: bytes.slice(end), certificate: bytes.slice(colon + 1, end)};
}

/** Descriptions of RFC 8446, 6.2, as OpenSSL numbers and names them. */
export const alerts = {
	handshake_failure: [40, 'sslv3 alert handshake failure'],
	bad_certificate: [42, 'sslv3 alert bad certificate'],
	certificate_expired: [45, 'sslv3 alert certificate expired'],
	unknown_ca: [48, 'tlsv1 alert unknown ca'],
	certificate_required: [116, 'tlsv13 alert certificate required'],
} as const;
export type Alert = keyof typeof alerts;

export const alertTls = (description: Alert): string => alert + description;
export const readAlert = (bytes: string): Alert | undefined => (bytes.startsWith(alert) ? (bytes.slice(alert.length) as Alert) : undefined);
