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
