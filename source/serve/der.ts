/** The few shapes of ASN.1 DER that a certificate is made of. Models ITU-T X.690. */
type Bytes = Uint8Array;

export const der = (tag: number, ...parts: readonly Bytes[]): Bytes => {
	const content = Buffer.concat(parts);
	return Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content]);
};

function lengthOf(length: number): Bytes {
	if (length < 0x80) return Uint8Array.of(length);
	const bytes: number[] = [];
	for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
	return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

export const sequence = (...parts: readonly Bytes[]): Bytes => der(0x30, ...parts);
export const set = (...parts: readonly Bytes[]): Bytes => der(0x31, ...parts);
export const utf8 = (text: string): Bytes => der(0x0c, Buffer.from(text));
export const boolean = (value: boolean): Bytes => der(0x01, Uint8Array.of(value ? 0xff : 0));
export const octets = (bytes: Bytes): Bytes => der(0x04, bytes);
export const bits = (bytes: Bytes, unused = 0): Bytes => der(0x03, Uint8Array.of(unused), bytes);
/** `[number]`, constructed. */
export const tagged = (number: number, ...parts: readonly Bytes[]): Bytes => der(0xa0 | number, ...parts);
/** `[number]`, primitive. */
export const plainTagged = (number: number, bytes: Bytes): Bytes => der(0x80 | number, bytes);

/** A positive integer: a leading zero keeps the sign bit away. */
export const integer = (bytes: Bytes): Bytes => der(0x02, bytes[0]! & 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes);

export function objectId(text: string): Bytes {
	const [first, second, ...rest] = text.split('.').map(Number) as [number, number, ...number[]];
	const bytes = [first * 40 + second];
	for (const part of rest) {
		const groups = [part & 0x7f];
		for (let more = part >>> 7; more > 0; more >>>= 7) groups.unshift((more & 0x7f) | 0x80);
		bytes.push(...groups);
	}

	return der(0x06, Uint8Array.from(bytes));
}

/** GeneralizedTime, to the second. */
export const time = (ms: number): Bytes => der(0x18, Buffer.from(new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')));
