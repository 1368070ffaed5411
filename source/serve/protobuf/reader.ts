/** The fields of one protobuf message, in their order. */
export interface Reader {
	fields(): Array<[number: number, value: WireValue]>;
}

/** A varint, or bytes: those of a fixed number, a text or a message. */
export type WireValue = bigint | Uint8Array;

/** Throws a `RangeError` for bytes that are no message. */
export function createReader(bytes: Uint8Array): Reader {
	let at = 0;
	const varint = (): bigint => {
		let result = 0n;
		for (let shift = 0n; shift < 70n; shift += 7n) {
			const byte = bytes[at++];
			if (byte === undefined) break;
			result |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return result;
		}

		throw new RangeError('proto: wrong varint');
	};
	const take = (length: number): Uint8Array => {
		if (length > bytes.length - at) throw new RangeError('unexpected EOF');
		at += length;
		return bytes.subarray(at - length, at);
	};
	const values: Readonly<Record<number, () => WireValue>> = {
		0: varint,
		1: () => take(8),
		2: () => take(Number(varint())),
		5: () => take(4),
	};
	return {
		fields() {
			const fields: Array<[number, WireValue]> = [];
			while (at < bytes.length) {
				const key = Number(varint());
				const read = values[key & 7];
				if (!read) throw new RangeError(`proto: illegal wireType ${key & 7}`);
				fields.push([Math.floor(key / 8), read()]);
			}

			return fields;
		},
	};
}
