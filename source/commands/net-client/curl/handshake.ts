import type {ServerHello} from '../../../net/tls.js';
import {type Certificate, certificatesIn} from '../../../tls/certificate.js';
import {alternativeNames} from '../../../tls/extensions.js';
import {nameForCurl} from '../../../tls/name.js';
import {timeText} from '../../../tls/text.js';
import type {Reporter} from './reporter.js';

/** What `-v` tells of a handshake, message by message, with the lengths that the messages have. */
export interface Handshake {
	readonly host: string;
	readonly hello: ServerHello;
	readonly version: 'TLSv1.2' | 'TLSv1.3';
	/** PEM. */
	readonly clientCertificate?: string;
	readonly report: Reporter;
}

/** What verification goes by. */
export interface Trust {
	readonly file: string;
	readonly folder: string;
}

const record = 5;

/** The client's first message, and what it will verify by (nothing with -k). */
export function noteHello(report: Reporter, version: Handshake['version'], trust: Trust | undefined): void {
	report.data('out', record);
	report.note(`${version} (OUT), TLS handshake, Client hello (1):`);
	report.data('out', version === 'TLSv1.3' ? 512 : 197);
	if (trust === undefined) return;
	report.note(` CAfile: ${trust.file}`);
	report.note(` CApath: ${trust.folder}`);
}

type Direction = 'in' | 'out';

function say({report, version}: Handshake, direction: Direction, message: string, length: number, kind = 'handshake'): void {
	report.note(`${version} (${direction === 'in' ? 'IN' : 'OUT'}), TLS ${kind}, ${message}:`);
	report.data(direction, length);
}

/** Message type and length, three bytes each certificate, two of extensions. */
const chainLength = (pem: string, perCertificate: number) =>
	certificatesIn(pem).reduce((sum, {bytes}) => sum + 3 + bytes.length + perCertificate, 0);

/** Up to the server's certificate; what follows depends on whether that is believed. */
export function noteServer(shake: Handshake): void {
	const {hello, report, version} = shake;
	report.data('in', record);
	if (version === 'TLSv1.2') {
		say(shake, 'in', 'Server hello (2)', 102);
		say(shake, 'in', 'Certificate (11)', 7 + chainLength(hello.pem ?? '', 0));
		return;
	}

	say(shake, 'in', 'Server hello (2)', 122);
	say(shake, 'in', 'Encrypted Extensions (8)', hello.alpn === 'h2' ? 15 : 21);
	if (hello.clientAuthorities !== undefined) say(shake, 'in', 'Request CERT (13)', 76);
	say(shake, 'in', 'Certificate (11)', 8 + chainLength(hello.pem ?? '', 2));
}

export function noteUnbelieved(shake: Handshake): void {
	say(shake, 'out', 'unknown CA (560)', 2, 'alert');
}

const signatureLength = 264;

export function noteFinish(shake: Handshake): void {
	const {hello, version, clientCertificate} = shake;
	const isGo = hello.library === 'go';
	if (version === 'TLSv1.2') {
		say(shake, 'in', 'Server key exchange (12)', 300);
		say(shake, 'in', 'Server finished (14)', 4);
		say(shake, 'out', 'Client key exchange (16)', 37);
		say(shake, 'out', 'Change cipher spec (1)', 1, 'change cipher');
		say(shake, 'out', 'Finished (20)', 16);
		say(shake, 'in', 'Finished (20)', 16);
	} else {
		const finished = isGo ? 36 : 52;
		say(shake, 'in', 'CERT verify (15)', signatureLength);
		say(shake, 'in', 'Finished (20)', finished);
		say(shake, 'out', 'Change cipher spec (1)', 1, 'change cipher');
		if (hello.clientAuthorities !== undefined) {
			say(shake, 'out', 'Certificate (11)', 8 + chainLength(clientCertificate ?? '', 2));
			if (clientCertificate !== undefined) say(shake, 'out', 'CERT verify (15)', signatureLength);
		}

		say(shake, 'out', 'Finished (20)', finished);
	}

	shake.report.note(`SSL connection using ${version} / ${cipherOf(version, isGo)}`);
	shake.report.note(`ALPN: server accepted ${hello.alpn ?? 'http/1.1'}`);
}

const cipherOf = (version: Handshake['version'], isGo: boolean) =>
	version === 'TLSv1.2'
		? isGo
			? 'ECDHE-RSA-AES128-GCM-SHA256'
			: 'ECDHE-RSA-AES256-GCM-SHA384'
		: isGo
			? 'TLS_AES_128_GCM_SHA256'
			: 'TLS_AES_256_GCM_SHA384';

/** Tickets come with the first answer: OpenSSL sends two, Go one. */
export function noteTickets(shake: Handshake): void {
	if (shake.version === 'TLSv1.2') return;
	shake.report.data('in', record);
	if (shake.hello.library === 'go') return void say(shake, 'in', 'Newsession Ticket (4)', 130);
	say(shake, 'in', 'Newsession Ticket (4)', 265);
	say(shake, 'in', 'Newsession Ticket (4)', 265);
	shake.report.note('old SSL session ID is stale, removing');
	shake.report.data('in', record);
}

/** `verified`: what there is to say about the chain; undefined when its names did not match. */
export function noteCertificate({hello, host, report}: Handshake, verified: string | undefined, insecure: boolean): void {
	const [leaf] = certificatesIn(hello.pem ?? '');
	if (!leaf) return;
	report.note('Server certificate:');
	report.note(` subject: ${nameForCurl(leaf.subject)}`);
	report.note(` start date: ${timeText(leaf.notBefore)}`);
	report.note(` expire date: ${timeText(leaf.notAfter)}`);
	const match = insecure ? undefined : matched(leaf, host);
	if (match) report.note(` ${match}`);
	if (verified === undefined) return;
	report.note(` issuer: ${nameForCurl(leaf.issuer)}`);
	report.note(verified === 'ok.' ? ' SSL certificate verify ok.' : ` SSL certificate verify result: ${verified}`);
}

function matched(leaf: Certificate, host: string) {
	const names = alternativeNames(leaf.extensions);
	if (!names) return undefined;
	if (names.addresses.includes(host)) return `subjectAltName: host "${host}" matched cert's IP address!`;
	const label = host.indexOf('.');
	const name = names.dns.find(
		each =>
			each.toLowerCase() === host.toLowerCase() ||
			(each.startsWith('*.') && label > 0 && each.slice(1).toLowerCase() === host.slice(label).toLowerCase()),
	);
	return name ? `subjectAltName: host "${host}" matched cert's "${name}"` : `subjectAltName does not match ${host}`;
}
