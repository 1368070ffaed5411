import {createPrivateKey, type KeyObject} from 'node:crypto';
import {privateKeyText, publicKeyText, publicOf} from '../../../tls/key-text.js';
import {generateRsa, pkcs1, pkcs8, type RsaKey} from '../../../tls/rsa.js';
import {type Call, errorLine, refuse, type Tool} from './call.js';
import {coverFlags, coverOf, loadKey, loadPublicKey, writePem, writePrivate, writePublic} from './key-file.js';
import {rsaProgress} from './progress.js';

const tooSmall = 512;
const sizeMax = 8192;

/** A new key, or the exit status of a refusal. */
export function newRsaKey(call: Call, size: number): RsaKey | number {
	if (size < tooSmall)
		return call.fail(
			'Error setting RSA length',
			errorLine('1C8000AB:Provider routines:rsa_gen_set_params:key size too small:providers/implementations/keymgmt/rsa_kmgmt.c:509:'),
		);
	if (size > sizeMax) return refuse(call.io, `RSA keys of ${size} bits`);
	return generateRsa(size, call.draw);
}

export const rsaObject = (key: RsaKey): KeyObject => createPrivateKey({key: Buffer.from(pkcs8(key)), format: 'der', type: 'pkcs8'});

export const genrsa: Tool = {
	name: 'genrsa',
	flags: `verbose traditional F4 f4 quiet ${coverFlags}`,
	values: 'out passout',
	refused: '3 des des3 primes writerand rand engine provider provparam propquery',
	*run(call) {
		const asked = call.rest[0] ?? '2048';
		if (!/^\d+$/.test(asked)) return call.fail(`genrsa: Can't parse "${asked}" as a number`);
		if (call.rest.length > 1) return call.fail(`Extra option: "${call.rest[1]}"`, 'genrsa: Use -help for summary.');
		const key = newRsaKey(call, Number(asked));
		if (typeof key === 'number') return key;
		const cover = yield* coverOf(call, ['passout']);
		if (typeof cover === 'number') return cover;
		if (call.has('verbose')) call.io.err(`Generating RSA key with ${asked} bits\n${rsaProgress(call.draw)}e is 65537 (0x010001)\n`);
		if (cover) return writePrivate(call, rsaObject(key), false, cover);
		return call.has('traditional')
			? writePem(call, 'RSA PRIVATE KEY', pkcs1(key), 0o600)
			: writePem(call, 'PRIVATE KEY', pkcs8(key), 0o600);
	},
};

/** A private key, or with -pubin a public one; a number is the exit status. */
export const loadEither = (call: Call, what?: string): KeyObject | number =>
	call.has('pubin') ? loadPublicKey(call, call.value('in')) : loadKey(call, call.value('in'), what);

const modulusOf = (key: KeyObject) =>
	Buffer.from(key.export({format: 'jwk'}).n!, 'base64url')
		.toString('hex')
		.toUpperCase();

export const rsa: Tool = {
	name: 'rsa',
	flags: `noout text check modulus pubout pubin traditional ${coverFlags}`,
	values: 'in out passin passout inform outform',
	refused: 'des des3 idea RSAPublicKey_in RSAPublicKey_out pvk-strong pvk-weak pvk-none engine provider provider-path propquery',
	*run(call) {
		const key = loadEither(call);
		if (typeof key === 'number') return key;
		if (key.asymmetricKeyType !== 'rsa') return call.fail('Not an RSA key');
		if (call.has('text')) call.io.out(key.type === 'private' ? privateKeyText(key) : publicKeyText(key));
		if (call.has('modulus')) call.io.out(`Modulus=${modulusOf(key)}\n`);
		if (call.has('check')) {
			if (key.type !== 'private') return call.fail('Only private keys can be checked');
			call.io.out('RSA key ok\n');
		}

		if (call.has('noout')) return 0;
		const cover = key.type === 'private' && !call.has('pubout') ? yield* coverOf(call, ['passout']) : undefined;
		if (typeof cover === 'number') return cover;
		call.io.err('writing RSA key\n');
		return call.has('pubout') || key.type === 'public' ? writePublic(call, key) : writePrivate(call, key, call.has('traditional'), cover);
	},
};

export const ec: Tool = {
	name: 'ec',
	flags: 'noout text check pubout pubin no_public',
	values: 'in out passin inform outform',
	refused: 'passout aes128 aes192 aes256 des3 conv_form param_enc param_out engine provider provider-path propquery',
	*run(call) {
		call.io.err('read EC key\n');
		const key = loadEither(call);
		if (typeof key === 'number') return key;
		if (key.asymmetricKeyType !== 'ec') return call.fail('Not an EC key');
		if (call.has('text')) call.io.out(key.type === 'private' ? privateKeyText(key) : publicKeyText(key));
		if (call.has('check')) call.io.err('EC Key valid.\n');
		if (call.has('noout')) return 0;
		call.io.err('writing EC key\n');
		return call.has('pubout') || key.type === 'public' ? writePublic(call, key) : writePrivate(call, key, true);
	},
};

export const pkey: Tool = {
	name: 'pkey',
	flags: `noout pubout check pubcheck traditional pubin text text_pub ${coverFlags}`,
	values: 'in out passin passout inform outform',
	refused: 'cipher ec_param_enc ec_conv_form engine provider provider-path propquery',
	*run(call) {
		const key = loadEither(call, 'key');
		if (typeof key === 'number') return key;
		if (call.has('check') || call.has('pubcheck')) call.io.out('Key is valid\n');
		const cover = key.type === 'private' && !call.has('pubout') ? yield* coverOf(call, ['passout']) : undefined;
		if (typeof cover === 'number') return cover;
		const written = call.has('noout')
			? 0
			: call.has('pubout') || key.type === 'public'
				? writePublic(call, key)
				: writePrivate(call, key, call.has('traditional'), cover);
		if (call.has('text_pub') || (call.has('text') && key.type === 'public')) call.io.out(publicKeyText(publicOf(key)));
		else if (call.has('text')) call.io.out(privateKeyText(key));
		return written;
	},
};
