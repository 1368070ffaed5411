import {clientHello, openTls, publicCa, readServerHello, sealTls, type TlsCertificate} from '../../../net/tls.js';
import type {Connection} from '../../../net/netstack.js';
import type {Files} from '../../../os/files.js';

type Exchange = ReturnType<Connection['exchange']>;

/** A connection to talk HTTP over, plain or with TLS. */
export interface Channel {
	exchange(bytes: string): Exchange;
	close(): void;
	readonly certificate?: TlsCertificate;
}

/** Why a TLS handshake failed. */
export type TlsFailure = {
	readonly failure: 'wrong-version' | 'reset' | 'closed' | 'self-signed' | 'unknown-ca' | 'name' | 'expired';
	readonly certificate?: TlsCertificate;
};

export interface TlsOptions {
	readonly serverName: string;
	/** `-k`: any certificate will do. */
	readonly insecure: boolean;
	/** PEM text that is trusted. */
	readonly trusted: string;
	/** RFC 3339, for the certificate's dates. */
	readonly now: string;
}

export function plainChannel(connection: Connection): Channel {
	return {exchange: bytes => connection.exchange(bytes), close: () => connection.close()};
}

/** The handshake, then each exchange sealed. */
export function tlsChannel(connection: Connection, options: TlsOptions): Channel | TlsFailure {
	const answer = connection.exchange(clientHello({serverName: options.serverName}));
	const certificate = readServerHello(answer.bytes);
	if (!certificate) {
		if (answer.bytes !== '') return {failure: 'wrong-version'};
		return {failure: answer.end === 'reset' ? 'reset' : 'closed'};
	}

	const failure = options.insecure ? undefined : distrust(certificate, options);
	if (failure) return {failure, certificate};
	return {
		certificate,
		close: () => connection.close(),
		exchange(bytes) {
			const sealed = connection.exchange(sealTls(bytes));
			return {...sealed, bytes: openTls(sealed.bytes) ?? sealed.bytes};
		},
	};
}

function distrust(certificate: TlsCertificate, {serverName, trusted, now}: TlsOptions): TlsFailure['failure'] | undefined {
	const known = [certificate.pem, certificate.issuerPem].some(pem => pem && trusted.includes(pem.trim()));
	if (!known) return certificate.subject === certificate.issuer ? 'self-signed' : 'unknown-ca';
	if (certificate.notAfter < now) return 'expired';
	const names = certificate.names.length > 0 ? certificate.names : [certificate.subject];
	return names.some(name => nameMatches(name, serverName)) ? undefined : 'name';
}

function nameMatches(pattern: string, name: string): boolean {
	if (pattern.toLowerCase() === name.toLowerCase()) return true;
	return (
		pattern.startsWith('*.') && name.includes('.') && name.slice(name.indexOf('.') + 1).toLowerCase() === pattern.slice(2).toLowerCase()
	);
}

/** Certificates that the system trusts. */
export function systemTrust(files: Files): string {
	const bundles = ['/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/certs/ca-certificates.crt'];
	const found = bundles.filter(path => files.exists(path)).map(path => files.readText(path));
	return [publicCa.pem, ...found].join('\n');
}
