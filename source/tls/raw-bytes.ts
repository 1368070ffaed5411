/**
 * Pipes of the shell carry text. Bytes that are no UTF-8 travel in it as lone surrogates, as Python's `surrogateescape` has it: what one
 * program writes another reads back unharmed.
 */
export function bytesToText(bytes: Uint8Array): string {
	const text = Buffer.from(bytes).toString('utf8');
	if (!text.includes('\ufffd')) return text;
	return Array.from(bytes, byte => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
}

export function textToBytes(text: string): Uint8Array {
	if (!/[\udc80-\udcff]/.test(text)) return Buffer.from(text, 'utf8');
	return Buffer.concat(
		text
			.split(/([\ud800-\udbff][\udc00-\udfff])|([\udc80-\udcff]+)/)
			.filter(part => part !== undefined)
			.map(part =>
				/^[\udc80-\udcff]+$/.test(part) ? Buffer.from(Array.from(part, char => char.charCodeAt(0) - 0xdc00)) : Buffer.from(part, 'utf8'),
			),
	);
}
