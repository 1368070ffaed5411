import {strftime} from '../sim/strftime.js';
import type {Certificate} from './certificate.js';
import {type Bytes, inside, read, readInteger, readObjectId, tags} from './der.js';
import {addressText, type Extension, extensionIds, keyUsages} from './extensions.js';
import {nameText, readName} from './name.js';
import {longName} from './object-ids.js';

/** `Nov 21 13:09:11 2026 GMT`. */
export const timeText = (ms: number): string => strftime('%b %e %T %Y GMT', ms);

export const colons = (bytes: Bytes): string =>
	Buffer.from(bytes)
		.toString('hex')
		.replace(/..(?!$)/g, '$&:');
export const serialHex = (serial: bigint): string => {
	const hex = serial.toString(16).toUpperCase();
	return hex.length % 2 ? `0${hex}` : hex;
};

/** Rows of so many bytes, each row but the last ended with a colon. */
export function hexRows(bytes: Bytes, perRow: number, indent: number): string {
	const rows = colons(bytes).match(new RegExp(`.{1,${perRow * 3}}`, 'g')) ?? [];
	return rows.map(row => `${' '.repeat(indent)}${row}\n`).join('');
}

/** As DER would hold it: a leading zero when the top bit is set. */
export function signedBytes(value: bigint): Bytes {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
	return bytes[0]! & 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
}

export function certificateText(certificate: Certificate): string {
	const {serial, version, algorithm, issuer, subject, notBefore, notAfter, extensions} = certificate;
	const number =
		serial < 2n ** 63n ? ` ${serial} (0x${serial.toString(16)})\n` : `\n            ${colons(Buffer.from(serialHex(serial), 'hex'))}\n`;
	return (
		`Certificate:\n    Data:\n        Version: ${version} (0x${version - 1})\n        Serial Number:${number}` +
		`        Signature Algorithm: ${longName(algorithm)}\n        Issuer: ${nameText(issuer)}\n        Validity\n` +
		`            Not Before: ${timeText(notBefore)}\n            Not After : ${timeText(notAfter)}\n        Subject: ${nameText(subject)}\n` +
		publicKeyText(certificate.publicKey) +
		(extensions.length > 0 ? `        X509v3 extensions:\n${extensionsText(extensions, 12)}` : '') +
		signatureText(certificate)
	);
}

export const signatureText = ({algorithm, signature}: Pick<Certificate, 'algorithm' | 'signature'>): string =>
	`    Signature Algorithm: ${longName(algorithm)}\n    Signature Value:\n${hexRows(signature, 18, 8)}`;

export function publicKeyText(publicKey: Bytes): string {
	const [algorithm, key] = inside(read(publicKey));
	const [id, parameters] = inside(algorithm);
	const bits = key!.content.subarray(1);
	const head = `        Subject Public Key Info:\n            Public Key Algorithm: ${longName(readObjectId(id!))}\n`;
	if (readObjectId(id!) === '1.2.840.113549.1.1.1') {
		const [modulus, exponent] = inside(read(bits)).map(readInteger) as [bigint, bigint];
		return `${head}                Public-Key: (${modulus.toString(2).length} bit)\n                Modulus:\n${hexRows(signedBytes(modulus), 15, 20)}                Exponent: ${exponent} (0x${exponent.toString(16)})\n`;
	}

	if (parameters?.tag !== tags.id) return `${head}                ED25519 Public-Key:\n                pub:\n${hexRows(bits, 15, 20)}`;
	const curve = readObjectId(parameters);
	const size = ({'1.2.840.10045.3.1.7': 256, '1.3.132.0.34': 384, '1.3.132.0.35': 521} as Record<string, number>)[curve] ?? 0;
	const nist = size ? `                NIST CURVE: P-${size}\n` : '';
	return `${head}                Public-Key: (${size} bit)\n                pub:\n${hexRows(bits, 15, 20)}                ASN1 OID: ${longName(curve)}\n${nist}`;
}

export const extensionsText = (extensions: readonly Extension[], indent: number): string =>
	extensions
		.map(extension => {
			const pad = ' '.repeat(indent);
			const value = extensionValue(extension)
				.split('\n')
				.map(line => `${pad}    ${line}\n`)
				.join('');
			return `${pad}${longName(extension.id)}: ${extension.critical ? 'critical' : ''}\n${value}`;
		})
		.join('');

function extensionValue({id, value}: Extension): string {
	const inner = read(value);
	const upper = (bytes: Bytes) => colons(bytes).toUpperCase();
	switch (id) {
		case extensionIds.subjectKey:
			return upper(inner.content);
		case extensionIds.authorityKey: {
			const parts = inside(inner);
			const keyId = parts.find(each => each.tag === 0x80);
			if (parts.length === 1 && keyId) return upper(keyId.content);
			return parts
				.map(each => {
					if (each.tag === 0x80) return `keyid:${upper(each.content)}`;
					if (each.tag === 0x82) return `serial:${upper(each.content)}`;
					return `DirName:${readName(inside(inside(each, 0xa1)[0], 0xa4)[0]!)
						.map(([type, text]) => `/${nameText([[type, text]])}`)
						.join('')}`;
				})
				.join('\n');
		}
		case extensionIds.constraints: {
			const parts = inside(inner);
			const length = parts.find(each => each.tag === tags.integer);
			return `CA:${parts[0]?.tag === tags.boolean ? 'TRUE' : 'FALSE'}${length ? `, pathlen:${readInteger(length)}` : ''}`;
		}
		case extensionIds.keyUsage: {
			const [, first = 0, second = 0] = inner.content;
			return keyUsages
				.filter((_, bit) => ((first << 8) | second) & (0x8000 >> bit))
				.map(([, long]) => long)
				.join(', ');
		}
		case extensionIds.purposes:
			return inside(inner)
				.map(each => longName(readObjectId(each)))
				.join(', ');
		case extensionIds.names:
			return inside(inner).map(alternativeText).join(', ');
		default:
			return Buffer.from(value)
				.toString('latin1')
				.replace(/[^\x20-\x7e]/g, '.');
	}
}

function alternativeText({tag, content}: {tag: number; content: Bytes}): string {
	const ascii = Buffer.from(content).toString('latin1');
	if (tag === 0x82) return `DNS:${ascii}`;
	if (tag === 0x81) return `email:${ascii}`;
	if (tag === 0x86) return `URI:${ascii}`;
	if (tag === 0x87) return `IP Address:${addressText(content)}`;
	return 'othername:<unsupported>';
}
