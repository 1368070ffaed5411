import type {User} from '../../../api/server.js';

/** The subject of a PEM certificate: its common name is the user, its organisations are the groups. */
export function userOfCertificate(pem: string): User | undefined {
	const body = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/.exec(pem)?.[1];
	if (!body) return undefined;
	const names = subjectOf(base64Bytes(body));
	const name = names.find(([oid]) => oid === commonName)?.[1];
	return name === undefined ? undefined : {name, groups: names.filter(([oid]) => oid === organisation).map(([, value]) => value)};
}

/** A service account's token names its account; kubelab's own tokens are JSON Web Tokens like the real ones. */
export function userOfToken(token: string): User | undefined {
	const payload = token.split('.')[1];
	if (!payload) return undefined;
	try {
		const claims = JSON.parse(utf8(base64Bytes(payload.replaceAll('-', '+').replaceAll('_', '/')))) as {sub?: string};
		const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(claims.sub ?? '');
		return match ? {name: claims.sub!, groups: ['system:serviceaccounts', `system:serviceaccounts:${match[1]}`]} : undefined;
	} catch {
		return undefined;
	}
}

const commonName = '55.04.03';
const organisation = '55.04.0a';

interface Der {
	readonly tag: number;
	readonly from: number;
	readonly to: number;
}

function readDer(bytes: Uint8Array, at: number): Der {
	const tag = bytes[at] ?? 0;
	let length = bytes[at + 1] ?? 0;
	let from = at + 2;
	if (length & 0x80) {
		const size = length & 0x7f;
		length = 0;
		for (let i = 0; i < size; i++) length = length * 256 + (bytes[from++] ?? 0);
	}

	return {tag, from, to: Math.min(from + length, bytes.length)};
}

function children(bytes: Uint8Array, node: Der): Der[] {
	const list: Der[] = [];
	for (let at = node.from; at < node.to; ) {
		const child = readDer(bytes, at);
		list.push(child);
		if (child.to <= at) break;
		at = child.to;
	}

	return list;
}

/** Certificate > tbsCertificate > [version], serial, algorithm, issuer, validity, subject. */
function subjectOf(bytes: Uint8Array): Array<[oid: string, value: string]> {
	const tbs = children(bytes, readDer(bytes, 0))[0];
	if (!tbs) return [];
	const fields = children(bytes, tbs);
	const subject = fields[fields[0]?.tag === 0xa0 ? 5 : 4];
	if (!subject) return [];
	return children(bytes, subject)
		.flatMap(set => children(bytes, set))
		.map(pair => {
			const [oid, value] = children(bytes, pair);
			return [oid ? hex(bytes.subarray(oid.from, oid.to)) : '', value ? utf8(bytes.subarray(value.from, value.to)) : ''];
		});
}

const hex = (bytes: Uint8Array) => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('.');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Bytes(text: string): Uint8Array {
	const bytes: number[] = [];
	let bits = 0;
	let held = 0;
	for (const char of text) {
		const value = alphabet.indexOf(char);
		if (value === -1) continue;
		bits = (bits << 6) | value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			bytes.push((bits >> held) & 0xff);
		}
	}

	return Uint8Array.from(bytes);
}

export function bytesBase64(bytes: Uint8Array): string {
	let out = '';
	for (let i = 0; i < bytes.length; i += 3) {
		const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		out += alphabet[(word >> 18) & 63]! + alphabet[(word >> 12) & 63]!;
		out += i + 1 < bytes.length ? alphabet[(word >> 6) & 63]! : '=';
		out += i + 2 < bytes.length ? alphabet[word & 63]! : '=';
	}

	return out;
}

export const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const utf8Bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
