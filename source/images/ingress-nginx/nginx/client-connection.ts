import {isTls, openTls, readClientHello, sealTls, serverHello} from '../../../net/tls.js';
import {certificateFacts} from '../../../tls/facts.js';
import type {Routes} from './routes.js';

/** What came in on a port: a handshake to answer, or bytes of HTTP with the seal for the answer. */
export type Opened =
	| {readonly hello: string}
	| {readonly bytes: string; readonly seal: (bytes: string) => string; readonly secure: boolean; readonly plain?: boolean};

const asIs = (text: string) => text;

/** Parsed certificates by their text: only a cache. */
const hellos = new Map<string, string>();
const hellosMax = 500;

export function openConnection(routes: Routes, secure: boolean, bytes: string): Opened {
	if (!secure) return {bytes, seal: asIs, secure: false};
	const hello = readClientHello(bytes);
	if (!hello) {
		const inner = isTls(bytes) ? openTls(bytes) : undefined;
		return inner === undefined ? {bytes, seal: asIs, secure: true, plain: true} : {bytes: inner, seal: sealTls, secure: true};
	}

	const {options, defaultCertificate} = routes.configuration;
	const name = hello.serverName.toLowerCase().replace(/\.$/, '');
	const found = (name !== '' && routes.findCertificate(name)) || routes.findCertificate('_');
	if (!found && options.sslRejectHandshake) return {hello: ''};
	return {hello: helloOf((found || defaultCertificate).certificate)};
}

function helloOf(pem: string): string {
	let hello = hellos.get(pem);
	if (hello === undefined) {
		const facts = certificateFacts(pem);
		hello = facts ? serverHello(facts) : '';
		if (hellos.size >= hellosMax) hellos.clear();
		hellos.set(pem, hello);
	}

	return hello;
}
