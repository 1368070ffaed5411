/** The shapes of ASN.1 DER that keys and certificates are made of, written and read. Models ITU-T X.690. */
export type Bytes = Uint8Array;

export const tags = {
	boolean: 1,
	integer: 2,
	bits: 3,
	octets: 4,
	null: 5,
	id: 6,
	utf8: 12,
	printable: 19,
	ia5: 22,
	utcTime: 23,
	time: 24,
} as const;

export function der(tag: number, ...parts: readonly Bytes[]): Bytes {
	const content = Buffer.concat(parts);
	return Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Bytes {
	if (length < 0x80) return Uint8Array.of(length);
	const bytes: number[] = [];
	for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
	return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

export const sequence = (...parts: readonly Bytes[]): Bytes => der(0x30, ...parts);
export const set = (...parts: readonly Bytes[]): Bytes => der(0x31, ...parts);
export const text = (tag: number, value: string): Bytes => der(tag, Buffer.from(value));
export const boolean = (value: boolean): Bytes => der(tags.boolean, Uint8Array.of(value ? 0xff : 0));
export const octets = (bytes: Bytes): Bytes => der(tags.octets, bytes);
export const bits = (bytes: Bytes, unused = 0): Bytes => der(tags.bits, Uint8Array.of(unused), bytes);
export const nothing: Bytes = Uint8Array.of(tags.null, 0);
/** `[number]`, constructed. */
export const tagged = (number: number, ...parts: readonly Bytes[]): Bytes => der(0xa0 | number, ...parts);
/** `[number]`, primitive. */
export const plainTagged = (number: number, bytes: Bytes): Bytes => der(0x80 | number, bytes);

/** Never negative: a leading zero keeps the sign bit away. */
export function integer(value: bigint): Bytes {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
	return der(tags.integer, bytes[0]! & 0x80 ? Uint8Array.of(0) : new Uint8Array(), bytes);
}

export function objectId(dotted: string): Bytes {
	const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
	const bytes = [first * 40 + second];
	for (const part of rest) {
		const groups = [part & 0x7f];
		for (let more = Math.floor(part / 128); more > 0; more = Math.floor(more / 128)) groups.unshift((more & 0x7f) | 0x80);
		bytes.push(...groups);
	}

	return der(tags.id, Uint8Array.from(bytes));
}

/** UTCTime until 2049, then GeneralizedTime (RFC 5280, 4.1.2.5). */
export function time(ms: number): Bytes {
	const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
	return digits < '2050' ? text(tags.utcTime, digits.slice(2)) : text(tags.time, digits);
}

/** One value as it stands in the bytes. */
export interface Value {
	readonly tag: number;
	readonly content: Bytes;
	/** With tag and length. */
	readonly whole: Bytes;
}

export class DerError extends Error {}

/** All values that stand one after another. */
export function readAll(bytes: Bytes): Value[] {
	const values: Value[] = [];
	for (let at = 0; at < bytes.length; ) {
		const tag = bytes[at]!;
		let length = bytes[at + 1] ?? Number.NaN;
		let start = at + 2;
		if (length > 0x80) {
			const count = length & 0x7f;
			if (count > 4) throw new DerError('length too long');
			length = 0;
			for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? Number.NaN);
		}

		if (!(start + length <= bytes.length)) throw new DerError('too short');
		values.push({tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length)});
		at = start + length;
	}

	return values;
}

export function read(bytes: Bytes): Value {
	const [first] = readAll(bytes);
	if (!first) throw new DerError('empty');
	return first;
}

/** The values inside a constructed one; `tag` is what it must be. */
export function inside(value: Value | undefined, tag = 0x30): Value[] {
	if (value?.tag !== tag) throw new DerError(`wrong tag: ${value?.tag ?? 'none'} instead of ${tag}`);
	return readAll(value.content);
}

export const readInteger = (value: Value): bigint => BigInt(`0x${Buffer.from(value.content).toString('hex') || '0'}`);

export function readObjectId({content}: Value): string {
	const parts: number[] = [];
	let part = 0;
	for (const byte of content) {
		part = part * 128 + (byte & 0x7f);
		if (byte & 0x80) continue;
		parts.push(part);
		part = 0;
	}

	const first = Math.min(2, Math.floor((parts[0] ?? 0) / 40));
	return [first, (parts[0] ?? 0) - first * 40, ...parts.slice(1)].join('.');
}

export function readTime({tag, content}: Value): number {
	const digits = Buffer.from(content).toString('latin1');
	const full = tag === tags.utcTime ? (digits < '50' ? '20' : '19') + digits : digits;
	const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
	if (!match) throw new DerError('bad time');
	const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number];
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** UCS-2 and Latin-1 texts are rare enough to be shown as they are. */
export const readText = ({content}: Value): string => Buffer.from(content).toString('utf8');
