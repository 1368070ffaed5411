import {createHash, createPublicKey, type KeyObject, verify} from 'node:crypto';
import {Remembered} from '../sim/remembered.js';
import {bits, type Bytes, inside, integer, read, readInteger, readObjectId, readTime, sequence, tagged, time, type Value} from './der.js';
import {type Extension, encodeExtensions, readExtensions} from './extensions.js';
import {encodeName, type Name, readName} from './name.js';
import {pemBlocks} from './pem.js';
import {signatureAlgorithm, signBytes} from './sign.js';

export interface Certificate {
	readonly bytes: Bytes;
	/** What is signed. */
	readonly body: Bytes;
	/** 1 or 3. */
	readonly version: number;
	readonly serial: bigint;
	readonly algorithm: string;
	readonly issuer: Name;
	readonly subject: Name;
	/** Milliseconds since 1970. */
	readonly notBefore: number;
	readonly notAfter: number;
	/** SubjectPublicKeyInfo. */
	readonly publicKey: Bytes;
	readonly extensions: readonly Extension[];
	readonly signature: Bytes;
}

/** Throws a DerError when the bytes are no certificate. */
export function readCertificate(bytes: Bytes): Certificate {
	const whole = read(bytes);
	const [body, algorithm, signature] = inside(whole);
	const fields = inside(body);
	const version = fields[0]?.tag === 0xa0 ? Number(readInteger(inside(fields.shift(), 0xa0)[0]!)) + 1 : 1;
	const [serial, , issuer, validity, subject, publicKey, ...rest] = fields as [Value, Value, Value, Value, Value, Value, ...Value[]];
	const [notBefore, notAfter] = inside(validity);
	const extensions = rest.find(each => each.tag === 0xa3);
	return {
		bytes: whole.whole,
		body: body!.whole,
		version,
		serial: readInteger(serial),
		algorithm: readObjectId(inside(algorithm)[0]!),
		issuer: readName(issuer),
		subject: readName(subject),
		notBefore: readTime(notBefore!),
		notAfter: readTime(notAfter!),
		publicKey: publicKey.whole,
		extensions: extensions ? readExtensions(inside(extensions, 0xa3)[0]!) : [],
		signature: signature!.content.subarray(1),
	};
}

const labels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

/** The same few texts are read at every handshake. */
const readTexts = new Remembered<readonly Certificate[]>(128);

/** Every certificate of a PEM text; what cannot be read is left out. */
export const certificatesIn = (text: string): readonly Certificate[] => readTexts.of(text, readCertificates);

const readCertificates = (text: string): readonly Certificate[] =>
	pemBlocks(text).flatMap(({label, bytes}) => {
		if (!labels.has(label)) return [];
		try {
			return [readCertificate(bytes)];
		} catch {
			return [];
		}
	});

export interface CertificateDraft {
	readonly serial: bigint;
	readonly issuer: Name;
	readonly subject: Name;
	readonly notBefore: number;
	readonly notAfter: number;
	readonly publicKey: Bytes;
	readonly extensions: readonly Extension[];
}

export function signCertificate(draft: CertificateDraft, key: KeyObject, digest = 'sha256'): Bytes {
	const algorithm = signatureAlgorithm(key, digest);
	const body = sequence(
		...(draft.extensions.length > 0 ? [tagged(0, integer(2n))] : []),
		integer(draft.serial),
		algorithm,
		encodeName(draft.issuer),
		sequence(time(draft.notBefore), time(draft.notAfter)),
		encodeName(draft.subject),
		draft.publicKey,
		...(draft.extensions.length > 0 ? [tagged(3, encodeExtensions(draft.extensions))] : []),
	);
	return sequence(body, algorithm, bits(signBytes(key, digest, body)));
}

const digests: Readonly<Record<string, string | null>> = {
	'1.2.840.113549.1.1.5': 'sha1',
	'1.2.840.113549.1.1.11': 'sha256',
	'1.2.840.113549.1.1.12': 'sha384',
	'1.2.840.113549.1.1.13': 'sha512',
	'1.2.840.10045.4.3.2': 'sha256',
	'1.2.840.10045.4.3.3': 'sha384',
	'1.2.840.10045.4.3.4': 'sha512',
	'1.3.101.112': null,
};

type Signed = Pick<Certificate, 'algorithm' | 'body' | 'signature'>;
const verdicts = new WeakMap<Signed, WeakMap<Bytes, boolean>>();

/** Whether the key (SubjectPublicKeyInfo) made the signature. */
export function signedBy(signed: Signed, publicKey: Bytes): boolean {
	let known = verdicts.get(signed);
	if (!known) verdicts.set(signed, (known = new WeakMap()));
	let verdict = known.get(publicKey);
	if (verdict === undefined) known.set(publicKey, (verdict = isSignedBy(signed, publicKey)));
	return verdict;
}

function isSignedBy({algorithm, body, signature}: Signed, publicKey: Bytes): boolean {
	const digest = digests[algorithm];
	if (digest === undefined) return false;
	try {
		return verify(digest, body, createPublicKey({key: Buffer.from(publicKey), format: 'der', type: 'spki'}), signature);
	} catch {
		return false;
	}
}

/** SHA-1 over the bits of the public key, as `subjectKeyIdentifier = hash`. */
export const keyIdentifier = (publicKey: Bytes): Bytes =>
	createHash('sha1')
		.update(inside(read(publicKey))[1]!.content.subarray(1))
		.digest();
