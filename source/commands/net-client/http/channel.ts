import {type Alert, clientHello, openTls, readAlert, readServerHello, sealTls, type ServerHello} from '../../../net/tls.js';
import type {Connection} from '../../../net/netstack.js';
import type {Files} from '../../../os/files.js';
import {certificatesIn} from '../../../tls/certificate.js';
import {bundlePath, publicBundle} from '../../../tls/public-authority.js';
import {isForHost, verifyChain} from '../../../tls/verify.js';

type Exchange = ReturnType<Connection['exchange']>;

/** A connection to talk HTTP over, plain or with TLS. */
export interface Channel {
	exchange(bytes: string): Exchange & {readonly alert?: Alert};
	close(): void;
	readonly hello?: ServerHello;
	/** What verification said, also when nobody minded. */
	readonly verified?: string;
}

/** Why a TLS handshake failed. */
export type TlsFailure = {
	readonly failure: 'wrong-version' | 'reset' | 'closed' | 'alert' | 'self-signed' | 'unknown-ca' | 'name' | 'expired';
	readonly hello?: ServerHello;
	readonly alert?: Alert;
	/** openssl's words for it. */
	readonly problem?: string;
};

export interface TlsOptions {
	readonly serverName: string;
	/** `-k`: any certificate will do. */
	readonly insecure: boolean;
	/** PEM text that is trusted. */
	readonly trusted: string;
	/** For the certificate's dates. */
	readonly nowMs: number;
	/** PEM of the client's own certificate, shown to a server that asks for one. */
	readonly certificate?: string;
	/** ALPN. */
	readonly protocols?: readonly string[];
}

export function plainChannel(connection: Connection): Channel {
	return {exchange: bytes => connection.exchange(bytes), close: () => connection.close()};
}

/** The handshake, then each exchange sealed. */
export function tlsChannel(connection: Connection, options: TlsOptions): Channel | TlsFailure {
	const {serverName, protocols} = options;
	const answer = connection.exchange(clientHello({serverName, ...(protocols && {protocols})}));
	const hello = readServerHello(answer.bytes);
	if (!hello) {
		const alert = readAlert(answer.bytes);
		if (alert) return {failure: 'alert', alert};
		if (answer.bytes !== '') return {failure: 'wrong-version'};
		return {failure: answer.end === 'reset' ? 'reset' : 'closed'};
	}

	const doubt = distrust(hello, options);
	if (doubt && !options.insecure) return {...doubt, hello};
	const verified = doubt ? doubt.problem && `${doubt.problem} (${doubt.code}), continuing anyway.` : 'ok.';
	const own = hello.clientAuthorities === undefined ? undefined : options.certificate;
	return {
		hello,
		...(verified !== undefined && {verified}),
		close: () => connection.close(),
		exchange(bytes) {
			const sealed = connection.exchange(sealTls(bytes, own));
			const alert = readAlert(sealed.bytes);
			return {...sealed, bytes: alert ? '' : (openTls(sealed.bytes) ?? sealed.bytes), ...(alert && {alert})};
		},
	};
}

type Doubt = Pick<TlsFailure, 'failure' | 'problem'> & {readonly code?: number};

function distrust({pem}: ServerHello, {serverName, trusted, nowMs}: TlsOptions): Doubt | undefined {
	const [leaf, ...others] = certificatesIn(pem ?? '');
	if (!leaf) return {failure: 'unknown-ca', problem: 'unable to get local issuer certificate', code: 20};
	const {distrust: why} = verifyChain(leaf, others, certificatesIn(trusted), nowMs);
	if (why) return {failure: failureOf[why.code] ?? 'unknown-ca', problem: why.text, code: why.code};
	return isForHost(leaf, serverName) ? undefined : {failure: 'name'};
}

const failureOf: Readonly<Record<number, TlsFailure['failure']>> = {10: 'expired', 18: 'self-signed', 19: 'self-signed'};

/** Certificates that the system trusts; an image whose bundle is not on its disk has that of its library. */
export function systemTrust(files: Files): string {
	const path = bundlePath(each => files.exists(each));
	return path === undefined ? publicBundle() : files.readText(path);
}
