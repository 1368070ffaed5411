const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const values = new Int8Array(128).fill(-1);
for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;

/** What is not of the alphabet is passed over. A kubeconfig's certificates are read by every kubectl. */
export function base64Bytes(text: string): Uint8Array {
	const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
	let length = 0;
	let bits = 0;
	let held = 0;
	for (let at = 0; at < text.length; at++) {
		const value = values[text.charCodeAt(at)] ?? -1;
		if (value === -1) continue;
		bits = (bits << 6) | value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			bytes[length++] = (bits >> held) & 0xff;
		}
	}

	return bytes.subarray(0, length);
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
