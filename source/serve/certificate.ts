import {createHash, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';
import {bits, boolean, der, integer, objectId, octets, plainTagged, sequence, set, tagged, tags, text, time} from '../tls/der.js';

/** A certificate authority of our own and a server certificate that it signed, both PEM. */
export interface Certificates {
	readonly authority: string;
	readonly server: string;
	readonly key: string;
}

const dayMs = 86_400_000;
const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

/** For loopback only. Nothing is kept: each start makes new keys. */
export function createCertificates(nowMs: number): Certificates {
	const authority = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const server = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const from = nowMs - dayMs;
	const to = nowMs + 365 * dayMs;
	const issuer = {name: 'kubelab-ca', key: authority.privateKey};
	const parts = {issuer, from, to};
	return {
		authority: pem(signed({...parts, name: 'kubelab-ca', key: authority.publicKey, extensions: authorityExtensions(authority.publicKey)})),
		server: pem(signed({...parts, name: 'kube-apiserver', key: server.publicKey, extensions: serverExtensions(authority.publicKey)})),
		key: server.privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
	};
}

interface Parts {
	readonly issuer: {readonly name: string; readonly key: KeyObject};
	readonly name: string;
	readonly key: KeyObject;
	readonly from: number;
	readonly to: number;
	readonly extensions: readonly Uint8Array[];
}

function signed({issuer, name, key, from, to, extensions}: Parts): Uint8Array {
	const publicKey = key.export({type: 'spki', format: 'der'});
	const serial = createHash('sha256').update(publicKey).digest().subarray(0, 8);
	serial[0]! |= 0x40;
	const body = sequence(
		tagged(0, integer(2n)),
		integer(serial.readBigUInt64BE()),
		ecdsaWithSha256,
		subject(issuer.name),
		sequence(time(from), time(to)),
		subject(name),
		publicKey,
		tagged(3, sequence(...extensions)),
	);
	return sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuer.key)));
}

const subject = (name: string) => sequence(set(sequence(objectId('2.5.4.3'), text(tags.utf8, name))));

const extension = (id: string, critical: boolean, value: Uint8Array) =>
	sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value));

const keyId = (key: KeyObject) =>
	createHash('sha1')
		.update(key.export({type: 'spki', format: 'der'}))
		.digest();

const authorityExtensions = (key: KeyObject) => [
	extension('2.5.29.19', true, sequence(boolean(true))),
	extension('2.5.29.15', true, bits(Uint8Array.of(0b0000_0110), 1)),
	extension('2.5.29.14', false, octets(keyId(key))),
];

const serverNames = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];
const serverAddresses = [Uint8Array.of(127, 0, 0, 1), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)];

const serverExtensions = (authority: KeyObject) => [
	extension('2.5.29.15', true, bits(Uint8Array.of(0b1010_0000), 5)),
	extension('2.5.29.37', false, sequence(objectId('1.3.6.1.5.5.7.3.1'))),
	extension('2.5.29.35', false, sequence(plainTagged(0, keyId(authority)))),
	extension(
		'2.5.29.17',
		false,
		der(0x30, ...serverNames.map(name => plainTagged(2, Buffer.from(name))), ...serverAddresses.map(address => plainTagged(7, address))),
	),
];

const pem = (bytes: Uint8Array) =>
	`-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
