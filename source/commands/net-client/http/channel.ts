import {clientHello, openTls, publicCa, readServerHello, sealTls, type TlsCertificate} from '../../../net/tls.js';
import type {Connection} from '../../../net/netstack.js';
import type {Files} from '../../../os/files.js';
import {certificatesIn} from '../../../tls/certificate.js';
import {isForHost, verifyChain} from '../../../tls/verify.js';

type Exchange = ReturnType<Connection['exchange']>;

/** A connection to talk HTTP over, plain or with TLS. */
export interface Channel {
	exchange(bytes: string): Exchange;
	close(): void;
	readonly certificate?: TlsCertificate;
	/** What verification said, also when nobody minded. */
	readonly verified?: string;
}

/** Why a TLS handshake failed. */
export type TlsFailure = {
	readonly failure: 'wrong-version' | 'reset' | 'closed' | 'self-signed' | 'unknown-ca' | 'name' | 'expired';
	readonly certificate?: TlsCertificate;
	/** openssl's words for it, of a certificate that was really checked. */
	readonly problem?: string;
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

	const doubt = distrust(certificate, options);
	if (doubt && !options.insecure) return {...doubt, certificate};
	const verified = doubt ? doubt.problem && `${doubt.problem} (${doubt.code}), continuing anyway.` : 'ok.';
	return {
		certificate,
		...(verified !== undefined && {verified}),
		close: () => connection.close(),
		exchange(bytes) {
			const sealed = connection.exchange(sealTls(bytes));
			return {...sealed, bytes: openTls(sealed.bytes) ?? sealed.bytes};
		},
	};
}

type Doubt = Pick<TlsFailure, 'failure' | 'problem'> & {readonly code?: number};

/** A certificate with bytes of its own is verified; one of the simulated internet is only told by its facts. */
function distrust(certificate: TlsCertificate, {serverName, trusted, now}: TlsOptions): Doubt | undefined {
	const [leaf, ...others] = certificatesIn(certificate.pem ?? '');
	if (leaf) {
		const {distrust: why} = verifyChain(leaf, others, certificatesIn(trusted), Date.parse(now));
		if (why) return {failure: failureOf[why.code] ?? 'unknown-ca', problem: why.text, code: why.code};
		return isForHost(leaf, serverName) ? undefined : {failure: 'name'};
	}

	const known = [certificate.pem, certificate.issuerPem].some(pem => pem && trusted.includes(pem.trim()));
	if (!known) return {failure: certificate.subject === certificate.issuer ? 'self-signed' : 'unknown-ca'};
	if (certificate.notAfter < now) return {failure: 'expired'};
	const names = certificate.names.length > 0 ? certificate.names : [certificate.subject];
	return names.some(name => nameMatches(name, serverName)) ? undefined : {failure: 'name'};
}

const failureOf: Readonly<Record<number, TlsFailure['failure']>> = {10: 'expired', 18: 'self-signed', 19: 'self-signed'};

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
