import type {ServiceAnswer} from '../../net/socket.js';
import {type Alert, alertTls, isTls, readClientHello, readSealed, sealTls, serverHello} from '../../net/tls.js';
import {certificatesIn} from '../../tls/certificate.js';
import {type CertificateFacts, certificateFacts} from '../../tls/facts.js';
import {verifyChain} from '../../tls/verify.js';

/** How a daemon written in Go serves TLS: crypto/tls with its defaults. Only a handshake asks for the certificate: it may be a getter. */
export interface TlsServer {
	/** PEM, with the chain. */
	readonly certificate: string;
	/** Authorities of clients, PEM: they are asked for a certificate. */
	readonly clientAuthorities?: string;
	/** `wanted`: one is asked for and left to the application to judge; `required`: without a good one there is no connection. */
	readonly clients?: 'wanted' | 'required';
	readonly protocols?: readonly string[];
	readonly nowMs: number;
}

const notTls = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

/** Answers a handshake itself and hands on what is inside; plain HTTP is told off as net/http does. */
export function serveTls(bytes: string, server: TlsServer, answer: (bytes: string, client?: string) => ServiceAnswer): ServiceAnswer {
	if (bytes === '') return {bytes: '', end: 'open'};
	const hello = readClientHello(bytes);
	const {clients, protocols = ['h2', 'http/1.1']} = server;
	if (hello) {
		const {certificate, clientAuthorities} = server;
		const facts = certificateFacts(certificate);
		if (!facts) return {bytes: alertTls('handshake_failure'), end: 'closed'};
		const alpn = protocols.find(each => hello.protocols?.includes(each));
		return {bytes: helloOf(facts, alpn, clients && (clientAuthorities ?? ''))};
	}

	if (!isTls(bytes)) return /^[A-Z]+ \S+ HTTP\//.test(bytes) ? {bytes: notTls, end: 'closed'} : {bytes: '', end: 'closed'};
	const sealed = readSealed(bytes)!;
	const refusal = clients === 'required' ? clientRefusal(sealed.certificate, server.clientAuthorities ?? '', server.nowMs) : undefined;
	if (refusal) return {bytes: alertTls(refusal), end: 'closed'};
	const result = answer(sealed.bytes, sealed.certificate);
	return {...result, bytes: result.bytes === '' ? '' : sealTls(result.bytes)};
}

interface Hello {
	readonly alpn: string | undefined;
	readonly authorities: string | undefined;
	readonly bytes: string;
}

/** What a server said last: it says the same to most clients. */
const said = new WeakMap<CertificateFacts, Hello>();

function helloOf(facts: CertificateFacts, alpn: string | undefined, authorities: string | undefined): string {
	const last = said.get(facts);
	if (last && last.alpn === alpn && last.authorities === authorities) return last.bytes;
	const clientAuthorities = authorities === undefined ? {} : {clientAuthorities: authorities};
	const bytes = serverHello({...facts, library: 'go', ...(alpn && {alpn}), ...clientAuthorities});
	said.set(facts, {alpn, authorities, bytes});
	return bytes;
}

/** Go 1.21 and later: a chain that cannot be verified is `bad certificate` or tells what is wrong with it. */
function clientRefusal(client: string | undefined, authorities: string, nowMs: number): Alert | undefined {
	const [leaf, ...others] = certificatesIn(client ?? '');
	if (!leaf) return 'certificate_required';
	const {distrust} = verifyChain(leaf, others, certificatesIn(authorities), nowMs);
	if (!distrust) return undefined;
	if (distrust.code === 9 || distrust.code === 10) return 'certificate_expired';
	return distrust.code === 18 || distrust.code === 19 || distrust.code === 20 ? 'unknown_ca' : 'bad_certificate';
}
