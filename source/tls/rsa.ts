import {checkPrimeSync} from 'node:crypto';
import {bits, type Bytes, inside, integer, nothing, objectId, octets, read, readInteger, sequence} from './der.js';

/** `n, e, d, p, q, dP, dQ, qInv` of RFC 8017. */
export type RsaKey = readonly [n: bigint, e: bigint, d: bigint, p: bigint, q: bigint, dp: bigint, dq: bigint, qi: bigint];

/** Draws a whole number below the limit. */
export type Draw = (below: number) => number;

const exponent = 65_537n;
const sieveBelow = 4000;

/** A key from the given draws: the same draws give the same key. */
export function generateRsa(size: number, draw: Draw): RsaKey {
	for (;;) {
		const p = primeOf(Math.ceil(size / 2), draw);
		const q = primeOf(Math.floor(size / 2), draw);
		if (p !== q) return rsaOfPrimes(p, q);
	}
}

export function rsaOfPrimes(one: bigint, other: bigint): RsaKey {
	const [p, q] = one > other ? [one, other] : [other, one];
	// Carmichael's function, as FIPS 186-4 has it.
	const d = inverse(exponent, ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n));
	return [p * q, exponent, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
}

/** The first prime after a random place whose upper two bits are set, so that the product has its full length. */
function primeOf(size: number, draw: Draw): bigint {
	for (;;) {
		let start = 0n;
		for (let done = 0; done < size; done += 16) start = (start << 16n) | BigInt(draw(65_536));
		start = (start & ((1n << BigInt(size)) - 1n)) | (3n << BigInt(size - 2)) | 1n;
		const remainders = smallPrimes().map(prime => [prime, Number(start % BigInt(prime))] as const);
		for (let step = 0; step < 20_000; step += 2) {
			if (remainders.some(([prime, remainder]) => (remainder + step) % prime === 0)) continue;
			const candidate = start + BigInt(step);
			if (candidate >> BigInt(size)) break;
			if ((candidate - 1n) % exponent !== 0n && checkPrimeSync(candidate, {checks: 8})) return candidate;
		}
	}
}

let primes: number[] | undefined;
function smallPrimes(): number[] {
	if (primes) return primes;
	primes = [];
	for (let odd = 3; odd < sieveBelow; odd += 2) if (primes.every(prime => odd % prime !== 0)) primes.push(odd);
	return primes;
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

function inverse(value: bigint, modulus: bigint): bigint {
	let [rest, next] = [modulus, value % modulus];
	let [before, factor] = [0n, 1n];
	while (next > 0n) {
		const quotient = rest / next;
		[rest, next] = [next, rest - quotient * next];
		[before, factor] = [factor, before - quotient * factor];
	}

	return ((before % modulus) + modulus) % modulus;
}

const rsaEncryption = sequence(objectId('1.2.840.113549.1.1.1'), nothing);

/** `RSA PRIVATE KEY`. */
export const pkcs1 = (key: RsaKey): Bytes => sequence(integer(0n), ...key.map(integer));
/** `PRIVATE KEY`. */
export const pkcs8 = (key: RsaKey): Bytes => sequence(integer(0n), rsaEncryption, octets(pkcs1(key)));
/** `PUBLIC KEY`. */
export const publicKeyInfo = ([n, e]: readonly bigint[]): Bytes => sequence(rsaEncryption, bits(sequence(integer(n!), integer(e!))));

export function readPkcs1(bytes: Bytes): RsaKey {
	const [, ...numbers] = inside(read(bytes));
	return numbers.slice(0, 8).map(readInteger) as unknown as RsaKey;
}
