import {createPublicKey, type KeyObject} from 'node:crypto';
import type {Effect} from '../../../shell/command.js';
import {encryptKey} from '../../../tls/pbes2.js';
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

/** A password: of the first of these options that is given, or asked for. */
export function* secret(
	call: Call,
	options: readonly string[],
	prompt: string,
	twice: boolean,
): Generator<Effect, string | undefined, any> {
	const given = options.map(option => call.value(option)).find(value => value !== undefined);
	if (given !== undefined) return passphrase(call, given);
	const answers: string[] = [];
	for (const text of twice ? [prompt, `Verifying - ${prompt}`] : [prompt]) {
		call.io.err(text);
		const line: string | undefined = yield {read: 'line'};
		call.io.err('\n');
		if (line === undefined) return undefined;
		answers.push(line);
	}

	if (answers.every(each => each === answers[0])) return answers[0];
	call.io.err('Verify failure\n');
	return undefined;
}

export interface Cover {
	readonly password: string;
	readonly size: 128 | 192 | 256;
}

const covers = ['aes128', 'aes192', 'aes256', 'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'] as const;
export const coverFlags = covers.join(' ');

/** What a private key is to be hidden under, when one of the ciphers is asked for (`wanted`: in any case); a number is the exit status. */
export function* coverOf(call: Call, options: readonly string[], wanted = false): Generator<Effect, Cover | undefined | number, any> {
	const name = covers.find(each => call.has(each));
	if (!name && !wanted) return undefined;
	const password = yield* secret(call, options, 'Enter PEM pass phrase:', true);
	if (password === undefined) return 1;
	return {password, size: Number(/\d+/.exec(name ?? 'aes256')![0]) as Cover['size']};
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
export function writePrivate(call: Call, key: KeyObject, traditional: boolean, cover?: Cover): number {
	if (cover) return writePem(call, 'ENCRYPTED PRIVATE KEY', encryptKey(pkcs8Of(key), cover.password, call.draw, cover.size), 0o600);
	if (!traditional || !['rsa', 'ec'].includes(key.asymmetricKeyType!)) return writePem(call, 'PRIVATE KEY', pkcs8Of(key), 0o600);
	if (key.asymmetricKeyType === 'rsa') return writePem(call, 'RSA PRIVATE KEY', key.export({type: 'pkcs1', format: 'der'}), 0o600);
	return writePem(call, 'EC PRIVATE KEY', key.export({type: 'sec1', format: 'der'}), 0o600);
}

const pkcs8Of = (key: KeyObject) => key.export({type: 'pkcs8', format: 'der'});
