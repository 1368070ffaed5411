import type {KeyObject} from 'node:crypto';
import type {Certificate} from './certificate.js';
import {bits, type Bytes, inside, integer, objectId, read, readInteger, readObjectId, sequence, set, tagged} from './der.js';
import {encodeExtensions, type Extension, readExtensions} from './extensions.js';
import {encodeName, type Name, nameText, readName} from './name.js';
import {signatureAlgorithm, signBytes} from './sign.js';
import {extensionsText, publicKeyText, signatureText} from './text.js';

/** A PKCS #10 certificate request. */
export type CertificateRequest = Pick<Certificate, 'body' | 'subject' | 'publicKey' | 'extensions' | 'algorithm' | 'signature'> & {
	readonly version: number;
	readonly bytes: Bytes;
};

const extensionRequest = '1.2.840.113549.1.9.14';

export function signRequest(subject: Name, publicKey: Bytes, extensions: readonly Extension[], key: KeyObject, digest = 'sha256'): Bytes {
	const wanted = extensions.length > 0 ? [sequence(objectId(extensionRequest), set(encodeExtensions(extensions)))] : [];
	const body = sequence(integer(0n), encodeName(subject), publicKey, tagged(0, ...wanted));
	return sequence(body, signatureAlgorithm(key, digest), bits(signBytes(key, digest, body)));
}

export function readRequest(bytes: Bytes): CertificateRequest {
	const whole = read(bytes);
	const [body, algorithm, signature] = inside(whole);
	const [version, subject, publicKey, attributes] = inside(body);
	const wanted = (attributes ? inside(attributes, 0xa0) : [])
		.map(each => inside(each))
		.find(([id]) => readObjectId(id!) === extensionRequest)?.[1];
	return {
		bytes: whole.whole,
		body: body!.whole,
		version: Number(readInteger(version!)) + 1,
		subject: readName(subject!),
		publicKey: publicKey!.whole,
		extensions: wanted ? readExtensions(inside(wanted, 0x31)[0]!) : [],
		algorithm: readObjectId(inside(algorithm)[0]!),
		signature: signature!.content.subarray(1),
	};
}

export function requestText(request: CertificateRequest): string {
	const {version, subject, publicKey, extensions} = request;
	const wanted =
		extensions.length > 0
			? `            Requested Extensions:\n${extensionsText(extensions, 16)}`
			: '            (none)\n            Requested Extensions:\n';
	return (
		`Certificate Request:\n    Data:\n        Version: ${version} (0x${version - 1})\n        Subject: ${nameText(subject)}\n` +
		`${publicKeyText(publicKey)}        Attributes:\n${wanted}${signatureText(request)}`
	);
}
