import {etherLength} from './frame.js';

/** Where in a frame what stands. */
export interface Decoded {
	readonly bytes: Uint8Array;
	readonly etherType: number;
	readonly ip?: Internet;
}

export interface Internet {
	/** First byte of the header, and of what it carries. */
	readonly at: number;
	readonly body: number;
	/** First byte after the packet. */
	readonly end: number;
	readonly protocol: number;
	readonly source: string;
	readonly destination: string;
}

export const number16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const number32 = (bytes: Uint8Array, at: number): number => ((number16(bytes, at) << 16) | number16(bytes, at + 2)) >>> 0;
export const addressAt = (bytes: Uint8Array, at: number): string => bytes.subarray(at, at + 4).join('.');
export const macAt = (bytes: Uint8Array, at: number): string =>
	Array.from(bytes.subarray(at, at + 6), byte => byte.toString(16).padStart(2, '0')).join(':');

export const ipType = 0x08_00;
export const arpType = 0x08_06;

export function decoded(bytes: Uint8Array): Decoded {
	const etherType = number16(bytes, 12);
	return etherType === ipType ? {bytes, etherType, ip: internetAt(bytes, etherLength)} : {bytes, etherType};
}

export const internetAt = (bytes: Uint8Array, at: number): Internet => ({
	at,
	body: at + ((bytes[at] ?? 0) & 15) * 4,
	end: Math.min(bytes.length, at + number16(bytes, at + 2)),
	protocol: bytes[at + 9] ?? 0,
	source: addressAt(bytes, at + 12),
	destination: addressAt(bytes, at + 16),
});
