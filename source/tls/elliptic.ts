import {createECDH, createPrivateKey, type KeyObject} from 'node:crypto';
import {type Bytes, bits, integer, objectId, octets, sequence, tagged} from './der.js';
import type {Draw} from './rsa.js';

export interface Curve {
	/** As openssl names it; the second is NIST's. */
	readonly name: string;
	readonly nist: string;
	readonly id: string;
	readonly order: bigint;
	/** Of a coordinate. */
	readonly bytes: number;
}

/** FIPS 186-4, D.1.2. */
export const curves: readonly Curve[] = [
	{
		name: 'prime256v1',
		nist: 'P-256',
		id: '1.2.840.10045.3.1.7',
		order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
		bytes: 32,
	},
	{
		name: 'secp384r1',
		nist: 'P-384',
		id: '1.3.132.0.34',
		order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
		bytes: 48,
	},
	{
		name: 'secp521r1',
		nist: 'P-521',
		id: '1.3.132.0.35',
		order: BigInt(
			'0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
		),
		bytes: 66,
	},
];

export const curveNamed = (name: string): Curve | undefined =>
	curves.find(curve => curve.name === name || curve.nist === name || (name === 'secp256r1' && curve.name === 'prime256v1'));

export const curveOf = (key: KeyObject): Curve => curveNamed(key.asymmetricKeyDetails?.namedCurve ?? '')!;

export const scalarOf = (key: KeyObject): bigint => BigInt(`0x${Buffer.from(key.export({format: 'jwk'}).d!, 'base64url').toString('hex')}`);

/** The base point so many times: uncompressed, and its first coordinate. */
export function pointOf({name, bytes}: Curve, scalar: bigint): {readonly whole: Bytes; readonly x: bigint} {
	const ecdh = createECDH(name);
	ecdh.setPrivateKey(scalar.toString(16).padStart(bytes * 2, '0'), 'hex');
	const whole = ecdh.getPublicKey();
	return {whole, x: BigInt(`0x${whole.subarray(1, 1 + bytes).toString('hex')}`)};
}

/** A key from the given draws. */
export function generateEc(curve: Curve, draw: Draw): KeyObject {
	let scalar = 0n;
	for (let done = 0; done < curve.bytes + 8; done += 2) scalar = (scalar << 16n) | BigInt(draw(65_536));
	return ecKey(curve, (scalar % (curve.order - 1n)) + 1n);
}

const ecKey = (curve: Curve, scalar: bigint): KeyObject =>
	createPrivateKey({key: Buffer.from(sec1(curve, scalar)), format: 'der', type: 'sec1'});

/** `EC PRIVATE KEY`, RFC 5915. */
function sec1(curve: Curve, scalar: bigint): Bytes {
	const secret = Buffer.from(scalar.toString(16).padStart(curve.bytes * 2, '0'), 'hex');
	return sequence(integer(1n), octets(secret), tagged(0, objectId(curve.id)), tagged(1, bits(pointOf(curve, scalar).whole)));
}
