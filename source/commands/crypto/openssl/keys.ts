import {createPublicKey, type KeyObject} from 'node:crypto';
import {pem} from '../../../tls/pem.js';
import {isEncrypted, readPrivateKey} from '../../../tls/private-key.js';
import {generateRsa, pkcs1, pkcs8, readPkcs1, type RsaKey} from '../../../tls/rsa.js';
import {hexRows, signedBytes} from '../../../tls/text.js';
import {type Call, errorLine, refuse, type Tool} from './call.js';
import {rsaProgress} from './progress.js';

const tooSmall = 512;

export const rsaPem = (key: RsaKey, traditional = false): string =>
	traditional ? pem('RSA PRIVATE KEY', pkcs1(key)) : pem('PRIVATE KEY', pkcs8(key));

/** A new key, or the exit status of a refusal. */
export function newRsaKey(call: Call, size: number): RsaKey | number {
	if (size < tooSmall)
		return call.fail(
			'Error setting RSA length',
			errorLine('1C8000AB:Provider routines:rsa_gen_set_params:key size too small:providers/implementations/keymgmt/rsa_kmgmt.c:509:'),
		);
	if (size > 8192) return refuse(call.io, `RSA keys of ${size} bits`);
	return generateRsa(size, call.draw);
}

/** `pass:x`, `env:X`, `file:x`. */
export function passphrase(call: Call, source: string | undefined): string | undefined {
	if (source === undefined) return undefined;
	const [kind, ...rest] = source.split(':');
	const value = rest.join(':');
	if (kind === 'env') return call.io.env[value];
	if (kind === 'file') return call.readText(value, 'password')?.split('\n')[0];
	return kind === 'pass' ? value : undefined;
}

/** Reads a private key with openssl's complaints; a number is the exit status. */
export function loadKey(call: Call, file: string | undefined, what = 'private key'): KeyObject | number {
	const text = call.readText(file, what);
	if (text === undefined) return 1;
	const pass = passphrase(call, call.value('passin'));
	if (isEncrypted(text) && pass === undefined) return refuse(call.io, 'openssl asking for a pass phrase (give -passin)');
	return readPrivateKey(text, pass) ?? call.fail(`Could not read ${what} from ${file === undefined || file === '-' ? '<stdin>' : file}`);
}

export const genrsa: Tool = {
	name: 'genrsa',
	flags: 'verbose traditional F4 f4 quiet',
	values: 'out',
	refused: '3 aes128 aes192 aes256 des des3 passout primes writerand rand engine provider',
	*run(call) {
		const asked = call.rest[0] ?? '2048';
		if (!/^\d+$/.test(asked)) return call.fail(`genrsa: Can't parse "${asked}" as a number`, 'genrsa: Use -help for summary.');
		const key = newRsaKey(call, Number(asked));
		if (typeof key === 'number') return key;
		if (call.has('verbose')) call.io.err(`Generating RSA key with ${asked} bits\n${rsaProgress(call.draw)}e is 65537 (0x010001)\n`);
		return call.write(rsaPem(key, call.has('traditional')), call.value('out'), 0o600) ? 0 : 1;
	},
};

const parts = ['modulus', 'publicExponent', 'privateExponent', 'prime1', 'prime2', 'exponent1', 'exponent2', 'coefficient'];

/** `Private-Key: ...` with all its numbers. */
function rsaText(key: RsaKey): string {
	const rows = key.map((value, i) =>
		i === 1 ? `publicExponent: ${value} (0x${value.toString(16)})\n` : `${parts[i]}:\n${hexRows(signedBytes(value), 15, 4)}`,
	);
	return `Private-Key: (${key[0].toString(2).length} bit, 2 primes)\n${rows.join('')}`;
}

export const rsa: Tool = {
	name: 'rsa',
	flags: 'noout text check modulus pubout pubin traditional',
	values: 'in out passin',
	refused: 'inform outform passout aes128 aes192 aes256 des des3 RSAPublicKey_in RSAPublicKey_out',
	*run(call) {
		const key = call.has('pubin') ? publicKey(call) : loadKey(call, call.value('in'));
		if (typeof key === 'number') return key;
		if (key.asymmetricKeyType !== 'rsa') return call.fail('Not an RSA key');
		const modulus = Buffer.from(key.export({format: 'jwk'}).n!, 'base64url')
			.toString('hex')
			.toUpperCase();
		const numbers = key.type === 'private' ? readPkcs1(key.export({type: 'pkcs1', format: 'der'})) : undefined;
		if (call.has('text')) {
			if (!numbers) return refuse(call.io, 'openssl rsa -pubin -text');
			call.io.out(rsaText(numbers));
		}

		if (call.has('modulus')) call.io.out(`Modulus=${modulus}\n`);
		if (call.has('check')) call.io.out('RSA key ok\n');
		if (call.has('noout')) return 0;
		call.io.err('writing RSA key\n');
		const text =
			call.has('pubout') || !numbers
				? createPublicKey(key.type === 'private' ? key : key.export({type: 'spki', format: 'pem'}))
						.export({type: 'spki', format: 'pem'})
						.toString()
				: rsaPem(numbers, call.has('traditional'));
		return call.write(text, call.value('out'), 0o600) ? 0 : 1;
	},
};

function publicKey(call: Call): KeyObject | number {
	const file = call.value('in');
	const text = call.readText(file, 'public key');
	if (text === undefined) return 1;
	try {
		return createPublicKey(text);
	} catch {
		return call.fail(`Could not read public key from ${file ?? '<stdin>'}`);
	}
}

export const pkey: Tool = {
	name: 'pkey',
	flags: 'noout pubout check traditional',
	values: 'in out passin',
	refused: 'text text_pub pubin pubcheck inform outform',
	*run(call) {
		const key = loadKey(call, call.value('in'), 'key');
		if (typeof key === 'number') return key;
		if (call.has('check')) call.io.out('Key is valid\n');
		if (call.has('noout')) return 0;
		const text = call.has('pubout')
			? createPublicKey(key).export({type: 'spki', format: 'pem'})
			: key.export({type: 'pkcs8', format: 'pem'});
		return call.write(text.toString(), call.value('out'), 0o600) ? 0 : 1;
	},
};
