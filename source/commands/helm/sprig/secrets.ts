import {createHash} from 'node:crypto';
import type {Random} from '../../../sim/random.js';
import {bcrypt} from '../../../tls/bcrypt.js';
import type {GoFunction} from '../../go-template/functions.js';
import {sha256} from '../../kubectl/create/sha256.js';
import {fail, notSimulated, toInt} from './cast.js';

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const bytes = (text: string) => new TextEncoder().encode(text);

function adler32(text: string): string {
	let [a, b] = [1, 0];
	for (const byte of bytes(text)) {
		a = (a + byte) % 65_521;
		b = (b + a) % 65_521;
	}

	return String(b * 65_536 + a);
}

const missing = [
	'genPrivateKey',
	'derivePassword',
	'genCA',
	'genCAWithKey',
	'genSelfSignedCert',
	'genSelfSignedCertWithKey',
	'genSignedCert',
	'genSignedCertWithKey',
	'buildCustomCert',
	'encryptAES',
	'decryptAES',
];

/** Sprig's hashes and random texts, drawn from the world's own randomness. */
export function secrets(random: Random): Readonly<Record<string, GoFunction>> {
	const pick = (alphabet: string) => (count: unknown) => {
		const length = Number(toInt(count));
		if (length < 0 || length > 100_000) return fail('runtime error: makeslice: len out of range');
		return Array.from({length}, () => alphabet[random.int(alphabet.length)]).join('');
	};
	const salt = () => Uint8Array.from({length: 16}, () => random.int(256));
	return {
		sha1sum: ['s', (text: string) => createHash('sha1').update(text).digest('hex')],
		sha256sum: ['s', (text: string) => sha256(bytes(text))],
		sha512sum: ['s', (text: string) => createHash('sha512').update(text).digest('hex')],
		adler32sum: ['s', adler32],
		randAlphaNum: ['i', pick(digits + letters)],
		randAlpha: ['i', pick(letters)],
		randNumeric: ['i', pick(digits)],
		randAscii: ['i', pick(Array.from({length: 95}, (_, at) => String.fromCharCode(32 + at)).join(''))],
		randBytes: ['i', (count: unknown) => Buffer.from(Array.from({length: Number(toInt(count))}, () => random.int(256))).toString('base64')],
		randInt: [
			'ii',
			(low: bigint, high: bigint) => (high <= low ? fail('invalid argument to Intn') : low + BigInt(random.int(Number(high - low)))),
		],
		shuffle: [
			's',
			(text: string) =>
				[...text]
					.map(char => [random.int(2 ** 30), char] as const)
					.sort((a, b) => a[0] - b[0])
					.map(([, char]) => char)
					.join(''),
		],
		uuidv4: ['', () => random.uuid()],
		bcrypt: ['s', (text: string) => bcrypt(text, salt(), 10, '2a')],
		htpasswd: [
			'ss',
			(user: string, password: string) =>
				user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(password, salt(), 10, '2a')}`,
		],
		...Object.fromEntries(missing.map(name => [name, ['a*', () => notSimulated(name)] as const])),
	};
}
