import {createHash, createPrivateKey, createPublicKey, type KeyObject} from 'node:crypto';
import {curveOf, curves, generateEc} from './elliptic.js';
import {type Draw, generateRsa, type RsaKey} from './rsa.js';

/** A pair as OpenSSH keeps it: two lines of text, and the bytes that its fingerprint is of. */
export interface SshKey {
	/** `ssh-ed25519` */
	readonly algorithm: string;
	/** `ED25519` */
	readonly type: string;
	readonly bits: number;
	readonly blob: Uint8Array;
	/** The private file, without a passphrase. */
	readonly privateText: string;
}

const word = (value: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};
const text = (value: string | Uint8Array): Buffer => Buffer.concat([word(Buffer.byteLength(value)), Buffer.from(value as string)]);

/** A positive number: a first byte that would make it negative is preceded by nought (RFC 4251). */
function number(value: bigint): Buffer {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
	return text(bytes[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** What a kind of key is made of: its public fields, and all of them as the private file has them. */
interface Fields {
	readonly algorithm: string;
	readonly type: string;
	readonly bits: number;
	readonly open: readonly Buffer[];
	readonly all: readonly Buffer[];
}

function rsaFields(size: number, draw: Draw): Fields {
	const [n, e, d, p, q, , , qi]: RsaKey = generateRsa(size, draw);
	return {
		algorithm: 'ssh-rsa',
		type: 'RSA',
		bits: size,
		open: [number(e), number(n)],
		all: [number(n), number(e), number(d), number(qi), number(p), number(q)],
	};
}

/** RFC 8410: the seed in its wrapping. */
const ed25519 = (seed: Uint8Array): KeyObject =>
	createPrivateKey({key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8'});

function ed25519Fields(draw: Draw): Fields {
	const seed = Uint8Array.from({length: 32}, () => draw(256));
	const point = Buffer.from(createPublicKey(ed25519(seed)).export({format: 'jwk'}).x!, 'base64url');
	return {
		algorithm: 'ssh-ed25519',
		type: 'ED25519',
		bits: 256,
		open: [text(point)],
		all: [text(point), text(Buffer.concat([seed, point]))],
	};
}

function ecFields(size: number, draw: Draw): Fields {
	const key = generateEc(curves.find(({nist}) => nist === `P-${size}`)!, draw);
	const {x, y, d} = key.export({format: 'jwk'});
	const part = (value: string | undefined) => Buffer.from(value!, 'base64url');
	const name = curveOf(key).nist.replace('P-', 'nistp');
	const point = text(Buffer.concat([Buffer.from([4]), part(x), part(y)]));
	return {
		algorithm: `ecdsa-sha2-${name}`,
		type: 'ECDSA',
		bits: size,
		open: [text(name), point],
		all: [text(name), point, number(BigInt(`0x${part(d).toString('hex')}`))],
	};
}

export type SshKeyType = 'rsa' | 'ed25519' | 'ecdsa';

export function generateSshKey(type: SshKeyType, size: number, comment: string, draw: Draw): SshKey {
	const fields = type === 'rsa' ? rsaFields(size, draw) : type === 'ecdsa' ? ecFields(size, draw) : ed25519Fields(draw);
	const {algorithm, bits, open, all} = fields;
	const blob = Buffer.concat([text(algorithm), ...open]);
	return {algorithm, type: fields.type, bits, blob, privateText: privateFile(algorithm, blob, all, comment, draw)};
}

/** PROTOCOL.key of OpenSSH, without a cipher. */
function privateFile(algorithm: string, blob: Buffer, fields: readonly Buffer[], comment: string, draw: Draw): string {
	const check = word(draw(2 ** 31));
	const secret = Buffer.concat([check, check, text(algorithm), ...fields, text(comment)]);
	const padding = Buffer.from(Array.from({length: (8 - (secret.length % 8)) % 8}, (_, i) => i + 1));
	const body = Buffer.concat([
		Buffer.from('openssh-key-v1\0'),
		...[text('none'), text('none'), text(''), word(1), text(blob), text(Buffer.concat([secret, padding]))],
	]);
	const lines = body.toString('base64').match(/.{1,70}/g) ?? [];
	return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

const lengthAt = (bytes: Uint8Array, at: number): number => Buffer.from(bytes).readUInt32BE(at);

/** The public half that a private file carries in the open, and its comment; undefined when it is none. */
export function publicOfPrivate(file: string): {readonly blob: Uint8Array; readonly comment: string} | undefined {
	const body = /^-----BEGIN OPENSSH PRIVATE KEY-----\n([\s\S]+)\n-----END OPENSSH PRIVATE KEY-----/.exec(file)?.[1];
	const bytes = Buffer.from(body ?? '', 'base64');
	if (!bytes.toString('latin1').startsWith('openssh-key-v1\0')) return undefined;
	let at = 15;
	for (let skipped = 0; skipped < 3; skipped++) at += 4 + lengthAt(bytes, at);
	const blob = bytes.subarray(at + 8, at + 8 + lengthAt(bytes, at + 4));
	// Padding counts from 1: the comment is the last field before it.
	const end = bytes.length - (bytes.at(-1)! <= 7 ? bytes.at(-1)! : 0);
	for (let from = end - 4; from > 0; from--)
		if (lengthAt(bytes, from) === end - from - 4) return {blob, comment: bytes.toString('utf8', from + 4, end)};
	return {blob, comment: ''};
}

/** What kind of key it is, and of how many bits. */
export function readBlob(blob: Uint8Array): {readonly algorithm: string; readonly type: string; readonly bits: number} {
	const fields: Buffer[] = [];
	for (let at = 0; at + 4 <= blob.length; at += 4 + fields.at(-1)!.length)
		fields.push(Buffer.from(blob.subarray(at + 4, at + 4 + lengthAt(blob, at))));
	const algorithm = fields[0]?.toString() ?? '';
	if (algorithm === 'ssh-rsa') return {algorithm, type: 'RSA', bits: BigInt(`0x${fields[2]!.toString('hex')}`).toString(2).length};
	if (algorithm === 'ssh-ed25519') return {algorithm, type: 'ED25519', bits: 256};
	return {algorithm, type: 'ECDSA', bits: Number(/\d+$/.exec(algorithm)?.[0] ?? 0)};
}

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
