import {createPublicKey, type KeyObject} from 'node:crypto';
import {inside, read, readInteger} from './der.js';
import {curveOf} from './elliptic.js';
import {longName} from './object-ids.js';
import {publicHalf} from './private-key.js';
import {readPkcs1} from './rsa.js';
import {hexRows, signedBytes} from './text.js';

const parts = ['modulus', 'publicExponent', 'privateExponent', 'prime1', 'prime2', 'exponent1', 'exponent2', 'coefficient'];
const rows = (title: string, bytes: Uint8Array) => `${title}:\n${hexRows(bytes, 15, 4)}`;
const exponentText = (title: string, value: bigint) => `${title}: ${value} (0x${value.toString(16)})\n`;

/** The bits of a SubjectPublicKeyInfo. */
const publicBits = (key: KeyObject) =>
	inside(read(key.type === 'public' ? key.export({type: 'spki', format: 'der'}) : publicHalf(key)))[1]!.content.subarray(1);

/** `Private-Key: ...` with all its numbers, as `-text` prints a key. */
export function privateKeyText(key: KeyObject): string {
	if (key.asymmetricKeyType === 'rsa') {
		const numbers = readPkcs1(key.export({type: 'pkcs1', format: 'der'}));
		const lines = numbers.map((value, i) => (i === 1 ? exponentText('publicExponent', value) : rows(parts[i]!, signedBytes(value))));
		return `Private-Key: (${sizeOf(key)} bit, 2 primes)\n${lines.join('')}`;
	}

	const secret = Buffer.from(key.export({format: 'jwk'}).d!, 'base64url');
	if (key.asymmetricKeyType === 'ec')
		return `Private-Key: (${sizeOf(key)} bit)\n${rows('priv', secret)}${rows('pub', publicBits(key))}${curveText(key)}`;
	return `${key.asymmetricKeyType?.toUpperCase()} Private-Key:\n${rows('priv', secret)}${rows('pub', publicBits(key))}`;
}

export function publicKeyText(key: KeyObject): string {
	if (key.asymmetricKeyType === 'rsa') {
		const [modulus, exponent] = inside(read(publicBits(key))).map(readInteger) as [bigint, bigint];
		return `Public-Key: (${sizeOf(key)} bit)\n${rows('Modulus', signedBytes(modulus))}${exponentText('Exponent', exponent)}`;
	}

	const title = key.asymmetricKeyType === 'ec' ? `Public-Key: (${sizeOf(key)} bit)` : `${key.asymmetricKeyType?.toUpperCase()} Public-Key:`;
	return `${title}\n${rows('pub', publicBits(key))}${key.asymmetricKeyType === 'ec' ? curveText(key) : ''}`;
}

function curveText(key: KeyObject): string {
	const {id, nist} = curveOf(key);
	return `ASN1 OID: ${longName(id)}\nNIST CURVE: ${nist}\n`;
}

export const sizeOf = (key: KeyObject): number =>
	key.asymmetricKeyDetails?.modulusLength ?? (key.asymmetricKeyType === 'ec' ? curveOf(key).order.toString(2).length : 256);

export const publicOf = (key: KeyObject): KeyObject => (key.type === 'public' ? key : createPublicKey(key));
