import {createPublicKey, type KeyObject} from 'node:crypto';
import {pem, pemBlocks} from '../../../tls/pem.js';
import {isEncrypted, publicHalf, readPrivateKey} from '../../../tls/private-key.js';
import {type Call, errorLine, refuse} from './call.js';

/** `pass:x`, `env:X`, `file:x`. */
export function passphrase(call: Call, source: string | undefined): string | undefined {
	if (source === undefined) return undefined;
	const [kind, ...rest] = source.split(':');
	const value = rest.join(':');
	if (kind === 'env') return call.io.env[value];
	if (kind === 'file') return call.readText(value, 'password')?.split('\n')[0];
	return kind === 'pass' ? value : undefined;
}

export const isDer = (call: Call, option: string): boolean => (call.value(option) ?? 'PEM').toUpperCase() === 'DER';
const shownName = (file: string | undefined) => (file === undefined || file === '-' ? '<stdin>' : file);

/** Reads a private key with openssl's complaints; a number is the exit status. */
export function loadKey(call: Call, file: string | undefined, what = 'private key'): KeyObject | number {
	const bytes = call.readBytes(file, what);
	if (bytes === undefined) return 1;
	const text = Buffer.from(bytes).toString('utf8');
	const pass = passphrase(call, call.value('passin'));
	if (isEncrypted(text) && pass === undefined) return refuse(call.io, 'openssl asking for a pass phrase (give -passin)');
	const key = readPrivateKey(text, pass) ?? (text.includes('-----BEGIN') ? undefined : privateDer(bytes));
	if (key) return key;
	if (isEncrypted(text))
		return call.fail(
			`Could not read ${what} from ${shownName(file)}`,
			errorLine(
				'1C800064:Provider routines:ossl_cipher_unpadblock:bad decrypt:providers/implementations/ciphers/ciphercommon_block.c:124:',
			),
		);
	return call.fail(`Could not read ${what} from ${shownName(file)}`);
}

const privateDer = (bytes: Uint8Array) =>
	['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'].map(label => readPrivateKey(pem(label, bytes))).find(each => each !== undefined);

/** A public key: of a file that holds one, in PEM or DER. */
export function loadPublicKey(call: Call, file: string | undefined, what = 'public key'): KeyObject | number {
	const bytes = call.readBytes(file, what);
	if (bytes === undefined) return 1;
	const block = pemBlocks(Buffer.from(bytes).toString('utf8')).find(({label}) => label.endsWith('PUBLIC KEY'));
	try {
		return createPublicKey({
			key: Buffer.from(block?.bytes ?? bytes),
			format: 'der',
			type: block?.label === 'RSA PUBLIC KEY' ? 'pkcs1' : 'spki',
		});
	} catch {
		return call.fail(`Could not read ${what} from ${shownName(file)}`);
	}
}

/** To `-out` in the form of `-outform`. */
export function writePem(call: Call, label: string, bytes: Uint8Array, mode?: number): number {
	return call.write(isDer(call, 'outform') ? bytes : pem(label, bytes), call.value('out'), mode) ? 0 : 1;
}

export const writePublic = (call: Call, key: KeyObject): number =>
	writePem(call, 'PUBLIC KEY', key.type === 'public' ? key.export({type: 'spki', format: 'der'}) : publicHalf(key));

/** In the new form for all kinds of keys, or in the one that a kind had before. */
export function writePrivate(call: Call, key: KeyObject, traditional: boolean): number {
	if (!traditional || !['rsa', 'ec'].includes(key.asymmetricKeyType!)) return writePem(call, 'PRIVATE KEY', pkcs8Of(key), 0o600);
	if (key.asymmetricKeyType === 'rsa') return writePem(call, 'RSA PRIVATE KEY', key.export({type: 'pkcs1', format: 'der'}), 0o600);
	return writePem(call, 'EC PRIVATE KEY', key.export({type: 'sec1', format: 'der'}), 0o600);
}

const pkcs8Of = (key: KeyObject) => key.export({type: 'pkcs8', format: 'der'});
