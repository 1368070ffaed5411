import type {KeyObject} from 'node:crypto';
import {keyIdentifier, signCertificate} from '../../tls/certificate.js';
import {curves, generateEc} from '../../tls/elliptic.js';
import {parseExtension} from '../../tls/extensions.js';
import {parseSubject} from '../../tls/name.js';
import {pem} from '../../tls/pem.js';
import {publicHalf} from '../../tls/private-key.js';
import {namedKey} from '../../tls/named-key.js';
import type {Random} from '../../sim/random.js';

export interface Pair {
	readonly certificate: string;
	readonly key: string;
}

interface Signed extends Pair {
	readonly secret: KeyObject;
	readonly subject: string;
}

interface Draft {
	/** `/O=nil1` */
	readonly subject: string;
	/** Itself when absent. */
	readonly issuer?: Signed;
	readonly notBefore: number;
	readonly notAfter: number;
	readonly extensions: ReadonlyArray<readonly [name: string, text: string]>;
}

const newEcKey = (random: Random): KeyObject => generateEc(curves[0]!, below => random.int(below));

/** A certificate that a Go program makes for itself (crypto/x509.CreateCertificate). */
function makeCertificate(draft: Draft, secret: KeyObject, random: Random): Signed {
	const publicKey = publicHalf(secret);
	const signer = draft.issuer?.secret ?? secret;
	const setting = {subjectKey: keyIdentifier(publicKey), authorityKey: keyIdentifier(publicHalf(signer))};
	const bytes = signCertificate(
		{
			serial: BigInt(`0x1${random.hex(31)}`),
			issuer: parseSubject(draft.issuer?.subject ?? draft.subject),
			subject: parseSubject(draft.subject),
			notBefore: draft.notBefore,
			notAfter: draft.notAfter,
			publicKey,
			extensions: draft.extensions.map(([name, text]) => parseExtension(name, text, setting)),
		},
		signer,
	);
	const rsa = secret.asymmetricKeyType === 'rsa';
	const key = secret.export({type: rsa ? 'pkcs1' : 'sec1', format: 'pem'}) as string;
	return {certificate: pem('CERTIFICATE', bytes), key, secret, subject: draft.subject};
}

const yearMs = 365 * 24 * 3_600_000;

/** What is shown where no certificate fits: internal/net/ssl/ssl.go getFakeHostSSLCert. */
export function fakeCertificate(nowMs: number, random: Random): Pair {
	const from = Math.floor(nowMs / 1000) * 1000;
	const {certificate, key} = makeCertificate(
		{
			subject: '/O=Acme Co/CN=Kubernetes Ingress Controller Fake Certificate',
			notBefore: from,
			notAfter: from + yearMs,
			extensions: [
				['keyUsage', 'critical,digitalSignature,keyEncipherment'],
				['extendedKeyUsage', 'serverAuth'],
				['basicConstraints', 'critical,CA:FALSE'],
				['subjectAltName', 'DNS:ingress.local'],
			],
		},
		namedKey('ingress-nginx/fake'),
		random,
	);
	return {certificate, key};
}

/** An authority and a certificate of it for the webhook's names: kube-webhook-certgen pkg/certs/certs.go. */
export function webhookCertificate(hosts: readonly string[], nowMs: number, random: Random): Pair & {readonly authority: string} {
	const from = Math.floor(nowMs / 1000) * 1000 - 300_000;
	const period = {notBefore: from, notAfter: from + 100 * yearMs};
	const authority = makeCertificate(
		{
			subject: '/O=nil1',
			...period,
			extensions: [
				['keyUsage', 'critical,digitalSignature,keyEncipherment,keyCertSign'],
				['extendedKeyUsage', 'serverAuth'],
				['basicConstraints', 'critical,CA:TRUE'],
				['subjectKeyIdentifier', 'hash'],
			],
		},
		newEcKey(random),
		random,
	);
	const own = makeCertificate(
		{
			subject: '/O=nil2',
			issuer: authority,
			...period,
			extensions: [
				['keyUsage', 'critical,digitalSignature,keyEncipherment'],
				['extendedKeyUsage', 'serverAuth'],
				['basicConstraints', 'critical,CA:FALSE'],
				['authorityKeyIdentifier', 'keyid'],
				['subjectAltName', hosts.map(host => `DNS:${host}`).join(',')],
			],
		},
		newEcKey(random),
		random,
	);
	return {certificate: own.certificate, key: own.key, authority: authority.certificate};
}
