/** UTF-8 text to base64 and base64 to bytes, without the ambient Buffer. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(text: string): string {
	const bytes = utf8(text);
	let result = '';
	for (let i = 0; i < bytes.length; i += 3) {
		const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
		result += alphabet[a >> 2]! + alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
		result += b === undefined ? '=' : alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)]!;
		result += c === undefined ? '=' : alphabet[c & 63]!;
	}

	return result;
}

export function utf8(text: string): number[] {
	const bytes: number[] = [];
	for (const char of text) {
		const code = char.codePointAt(0)!;
		if (code < 0x80) bytes.push(code);
		else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
		else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
		else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
	}

	return bytes;
}

export function base64Bytes(text: string): number[] {
	const bytes: number[] = [];
	let bits = 0;
	let count = 0;
	for (const char of text) {
		const value = alphabet.indexOf(char);
		if (value === -1) continue;
		bits = ((bits << 6) | value) & 0xffffff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			bytes.push((bits >> count) & 255);
		}
	}

	return bytes;
}

/** What base64 hides, as UTF-8 text. */
export function base64Text(text: string): string {
	const bytes = base64Bytes(text);
	let result = '';
	for (let i = 0; i < bytes.length; ) {
		const first = bytes[i++]!;
		const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
		let code = more === 0 ? first : first & (0x3f >> more);
		for (let k = 0; k < more; k++) code = (code << 6) | ((bytes[i++] ?? 0x80) & 63);
		result += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
	}

	return result;
}
