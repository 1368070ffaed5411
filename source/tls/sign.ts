import {createHash, createHmac, type KeyObject, sign} from 'node:crypto';
import {type Bytes, integer, nothing, objectId, sequence} from './der.js';
import {curveOf, type Curve, pointOf, scalarOf} from './elliptic.js';

const rsaWith: Readonly<Record<string, number>> = {sha1: 5, sha224: 14, sha256: 11, sha384: 12, sha512: 13};
const ecdsaWith: Readonly<Record<string, string>> = {
	sha1: '1.2.840.10045.4.1',
	sha224: '1.2.840.10045.4.3.1',
	sha256: '1.2.840.10045.4.3.2',
	sha384: '1.2.840.10045.4.3.3',
	sha512: '1.2.840.10045.4.3.4',
};

/** AlgorithmIdentifier of the signature that this key makes with this digest. */
export function signatureAlgorithm(key: KeyObject, digest: string): Bytes {
	if (key.asymmetricKeyType === 'ed25519') return sequence(objectId('1.3.101.112'));
	if (key.asymmetricKeyType === 'ec') return sequence(objectId(ecdsaWith[digest] ?? ecdsaWith['sha256']!));
	return sequence(objectId(`1.2.840.113549.1.1.${rsaWith[digest] ?? 11}`), nothing);
}

/** The same key and the same bytes give the same signature: that of ECDSA too, whose number follows from both (RFC 6979). */
export function signBytes(key: KeyObject, digest: string, bytes: Bytes): Bytes {
	if (key.asymmetricKeyType === 'ed25519') return sign(null, bytes, key);
	if (key.asymmetricKeyType === 'ec') return ecdsa(key, digest, bytes);
	return sign(digest, bytes, key);
}

function ecdsa(key: KeyObject, digest: string, bytes: Bytes): Bytes {
	const curve = curveOf(key);
	const secret = scalarOf(key);
	const hash = leftmost(createHash(digest).update(bytes).digest(), curve);
	for (const nonce of nonces(curve, secret, hash, digest)) {
		const r = pointOf(curve, nonce).x % curve.order;
		const s = (power(nonce, curve.order - 2n, curve.order) * (hash + r * secret)) % curve.order;
		if (r !== 0n && s !== 0n) return sequence(integer(r), integer(s));
	}

	throw new Error('unreachable: nonces do not end');
}

/** The leftmost bits of a hash, as many as the order has. */
function leftmost(hash: Bytes, {order}: Curve): bigint {
	const spare = hash.length * 8 - order.toString(2).length;
	const value = bigOf(hash);
	return spare > 0 ? value >> BigInt(spare) : value;
}

/** RFC 6979, 3.2. */
function* nonces(curve: Curve, secret: bigint, hash: bigint, digest: string): Generator<bigint> {
	const {order, bytes: size} = curve;
	const hmac = (secretKey: Bytes, ...parts: readonly Bytes[]) => createHmac(digest, secretKey).update(Buffer.concat(parts)).digest();
	const length = createHash(digest).digest().length;
	const seed = Buffer.concat([bytesOf(secret, size), bytesOf(hash % order, size)]);
	let v: Bytes = Buffer.alloc(length, 1);
	let k: Bytes = Buffer.alloc(length);
	for (const mark of [0, 1]) {
		k = hmac(k, v, Uint8Array.of(mark), seed);
		v = hmac(k, v);
	}

	for (;;) {
		let drawn: Bytes = new Uint8Array();
		while (drawn.length * 8 < order.toString(2).length) {
			v = hmac(k, v);
			drawn = Buffer.concat([drawn, v]);
		}

		const nonce = leftmost(drawn, curve);
		if (nonce > 0n && nonce < order) yield nonce;
		k = hmac(k, v, Uint8Array.of(0));
		v = hmac(k, v);
	}
}

const bigOf = (bytes: Bytes): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
const bytesOf = (value: bigint, size: number): Bytes => Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex');

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
	let result = 1n;
	for (let rest = exponent, square = base % modulus; rest > 0n; rest >>= 1n, square = (square * square) % modulus)
		if (rest & 1n) result = (result * square) % modulus;
	return result;
}
