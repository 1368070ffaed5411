import {serverHello} from '../../../net/tls.js';
import {type CertificateFacts, certificateFacts} from '../../../tls/facts.js';
import {leave, readRecord, seal} from '../../nginx/connection/tls-record.js';
import type {Certificate} from '../configuration.js';
import type {Routes} from './routes.js';

/** What came in on a port: a handshake to answer, or bytes of HTTP with the seal for the answer. */
export type Opened =
	| {readonly hello: string; readonly http2: boolean}
	| {
			readonly bytes: string;
			readonly seal: (bytes: string) => string;
			readonly secure: boolean;
			/** Plain HTTP where TLS is spoken. */
			readonly plain?: boolean;
			/** What the client showed of itself, PEM. */
			readonly certificate?: string;
	  };

export function openConnection(routes: Routes, secure: boolean, bytes: string): Opened {
	if (!secure) return {bytes, seal: leave, secure: false};
	const record = readRecord(bytes);
	if (record.kind === 'hello')
		return answerHello(routes, record.hello.serverName.toLowerCase().replace(/\.$/, ''), record.hello.protocols ?? []);
	if (record.kind === 'plain') return {bytes, seal: leave, secure: true, plain: true};
	const {certificate} = record;
	return {bytes: record.bytes, seal, secure: true, ...(certificate !== undefined && {certificate})};
}

/** certificate.lua chooses by the name of the handshake; who is asked for a certificate is a matter of that server, too. */
function answerHello(routes: Routes, name: string, protocols: readonly string[]): {hello: string; http2: boolean} {
	const {options, defaultCertificate} = routes.configuration;
	const found = (name !== '' && routes.findCertificate(name)) || routes.findCertificate('_');
	if (!found && options.sslRejectHandshake) return {hello: '', http2: false};
	const facts = factsOf(found || defaultCertificate);
	if (!facts) return {hello: '', http2: false};
	const alpn = ['h2', 'http/1.1'].find(each => protocols.includes(each) && (each !== 'h2' || options.useHttp2));
	const asks = routes.findHost(name).server.certificateAuth;
	const clientAuthorities = asks && asks.verifyClient !== 'off' ? asks.caPem : undefined;
	return {
		hello: serverHello({...facts, ...(alpn && {alpn}), ...(clientAuthorities !== undefined && {clientAuthorities})}),
		http2: alpn === 'h2',
	};
}

/** Read once: only a cache. */
const known = new WeakMap<Certificate, CertificateFacts | undefined>();

function factsOf(certificate: Certificate): CertificateFacts | undefined {
	if (!known.has(certificate)) known.set(certificate, certificateFacts(certificate.certificate));
	return known.get(certificate);
}
