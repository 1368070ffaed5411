/** UTF-8 bytes as latin-1 text, which is how bytes travel on the wire. */
export function toWire(text: string): string {
	for (let i = 0; i < text.length; i++) {
		if (text.charCodeAt(i) < 128) continue;
		const bytes = new TextEncoder().encode(text);
		let result = '';
		for (let at = 0; at < bytes.length; at += 4096) result += String.fromCharCode(...bytes.subarray(at, at + 4096));
		return result;
	}

	return text;
}

export const fromWire = (bytes: string): string => new TextDecoder().decode(Uint8Array.from(bytes, char => char.charCodeAt(0)));
