/** The text of a name's bytes. Windows in China writes names in its own code page, and nothing says so; `isUtf8`: something does. */
export function nameOf(bytes: Uint8Array, isUtf8 = false): string {
	for (const encoding of isUtf8 ? ['utf-8'] : ['utf-8', 'gb18030']) {
		try {
			return new TextDecoder(encoding, {fatal: true}).decode(bytes);
		} catch {}
	}
	// Readable is better than right: the file is still somebody's.
	return new TextDecoder('gb18030').decode(bytes);
}
