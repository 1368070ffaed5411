import type {User} from '../../../api/server.js';

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
