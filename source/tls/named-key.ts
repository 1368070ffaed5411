import {createHash, createPrivateKey, type KeyObject} from 'node:crypto';
import {curves, generateEc} from './elliptic.js';
import {primes} from './primes.js';
import {type Draw, generateRsa, pkcs8, type RsaKey, rsaOfPrimes} from './rsa.js';

const rsaKeys = new Map<string, RsaKey>();
const objects = new Map<string, KeyObject>();

/** An RSA key of 2048 bits that follows from its name: what is installed on every machine of every world. */
export function namedRsa(name: string): RsaKey {
	let key = rsaKeys.get(name);
	if (!key) rsaKeys.set(name, (key = kept(name) ?? generateRsa(2048, drawsOf(name))));
	return key;
}

function kept(name: string): RsaKey | undefined {
	const text = primes[name];
	if (!text) return undefined;
	const hex = Buffer.from(text, 'base64').toString('hex');
	return rsaOfPrimes(BigInt(`0x${hex.slice(0, 256)}`), BigInt(`0x${hex.slice(256)}`));
}

export const namedKey = (name: string): KeyObject =>
	remembered(name, () => createPrivateKey({key: Buffer.from(pkcs8(namedRsa(name))), format: 'der', type: 'pkcs8'}));

/** The like on P-256. */
export const namedEcKey = (name: string): KeyObject => remembered(`ec/${name}`, () => generateEc(curves[0]!, drawsOf(name)));

function remembered(name: string, make: () => KeyObject): KeyObject {
	let key = objects.get(name);
	if (!key) objects.set(name, (key = make()));
	return key;
}

/** The bytes of SHA-256 over the name and a counter, two at a time. */
function drawsOf(name: string): Draw {
	let block = Buffer.alloc(0);
	let count = 0;
	return below => {
		if (block.length < 2) block = createHash('sha256').update(`${name}/${count++}`).digest();
		const value = block.readUInt16BE(0);
		block = block.subarray(2);
		return value % below;
	};
}

/** A number below 2^63 that follows from a text: serial numbers. */
export const namedSerial = (text: string): bigint =>
	(BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 16)}`) >> 1n) | 1n;
