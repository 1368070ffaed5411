import {createCipheriv, createDecipheriv, pbkdf2Sync} from 'node:crypto';
import {type Bytes, inside, integer, nothing, objectId, octets, readInteger, readObjectId, sequence, tags, type Value} from './der.js';
import type {Draw} from './rsa.js';

const ids = {
	pbes2: '1.2.840.113549.1.5.13',
	pbkdf2: '1.2.840.113549.1.5.12',
	hmacSha256: '1.2.840.113549.2.9',
	hmacSha1: '1.2.840.113549.2.7',
	aes256: '2.16.840.1.101.3.4.1.42',
	aes128: '2.16.840.1.101.3.4.1.2',
	aes192: '2.16.840.1.101.3.4.1.22',
} as const;
const ciphers: Readonly<Record<string, readonly [name: string, keyBytes: number]>> = {
	[ids.aes256]: ['aes-256-cbc', 32],
	[ids.aes192]: ['aes-192-cbc', 24],
	[ids.aes128]: ['aes-128-cbc', 16],
};
const iterations = 2048;

export const drawBytes = (draw: Draw, count: number): Bytes => Uint8Array.from({length: count}, () => draw(256));

/** Encrypts under a password as OpenSSL 3 does by default: PBKDF2 with HMAC-SHA-256, AES-256-CBC (RFC 8018). */
export function encryptPbes2(plain: Bytes, password: string, draw: Draw, size: 128 | 192 | 256 = 256): {algorithm: Bytes; data: Bytes} {
	const [salt, iv] = [drawBytes(draw, 16), drawBytes(draw, 16)];
	const key = pbkdf2Sync(password, salt, iterations, size / 8, 'sha256');
	const cipher = createCipheriv(`aes-${size}-cbc`, key, iv);
	const derivation = sequence(
		objectId(ids.pbkdf2),
		sequence(octets(salt), integer(BigInt(iterations)), sequence(objectId(ids.hmacSha256), nothing)),
	);
	const algorithm = sequence(objectId(ids.pbes2), sequence(derivation, sequence(objectId(ids[`aes${size}`]), octets(iv))));
	return {algorithm, data: Buffer.concat([cipher.update(plain), cipher.final()])};
}

/** Undefined when the password does not fit; throws when it was encrypted in another way. */
export function decryptPbes2(algorithm: Value, data: Bytes, password: string): Bytes | undefined {
	const [id, parameters] = inside(algorithm);
	if (readObjectId(id!) !== ids.pbes2) throw new RangeError(`the cipher ${readObjectId(id!)}`);
	const [derivation, scheme] = inside(parameters);
	const [, settings] = inside(derivation);
	const [salt, count, ...rest] = inside(settings);
	const prf = rest.find(each => each.tag === 0x30);
	const digest = !prf || readObjectId(inside(prf)[0]!) === ids.hmacSha1 ? 'sha1' : 'sha256';
	const [cipherId, iv] = inside(scheme);
	const known = ciphers[readObjectId(cipherId!)];
	if (!known || iv?.tag !== tags.octets) throw new RangeError(`the cipher ${readObjectId(cipherId!)}`);
	const [name, size] = known;
	const key = pbkdf2Sync(password, salt!.content, Number(readInteger(count!)), size, digest);
	try {
		const decipher = createDecipheriv(name, key, iv.content);
		return Buffer.concat([decipher.update(data), decipher.final()]);
	} catch {
		return undefined;
	}
}

/** `ENCRYPTED PRIVATE KEY`. */
export function encryptKey(pkcs8: Bytes, password: string, draw: Draw, size: 128 | 192 | 256 = 256): Bytes {
	const {algorithm, data} = encryptPbes2(pkcs8, password, draw, size);
	return sequence(algorithm, octets(data));
}
