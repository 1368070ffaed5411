import {etherLength, type Frame} from './frame.js';

/** The savefile format of libpcap: Ethernet, or "cooked" of several devices (LINUX_SLL2). */
const magic = 0xa1_b2_c3_d4;
const linkTypes = {ether: 1, any: 276} as const;
export const snapshotLength = 262_144;
const cookedLength = 20;

const little = (value: number, bytes: number): number[] => Array.from({length: bytes}, (_, at) => Math.floor(value / 256 ** at) & 255);
const big = (value: number, bytes: number): number[] => little(value, bytes).reverse();

export const fileHeader = (any: boolean): Uint8Array =>
	Uint8Array.from(
		[
			little(magic, 4),
			little(2, 2),
			little(4, 2),
			little(0, 8),
			little(snapshotLength, 4),
			little(linkTypes[any ? 'any' : 'ether'], 4),
		].flat(),
	);

export function record(frame: Frame, any: boolean): Uint8Array {
	const body = any ? [...cooked(frame), ...frame.bytes.subarray(etherLength)] : [...frame.bytes];
	const {atMs} = frame;
	const head = [Math.floor(atMs / 1000), Math.round((atMs % 1000) * 1000), body.length, body.length];
	return Uint8Array.from([...head.flatMap(value => little(value, 4)), ...body]);
}

/** Protocol, device number, kind of device, direction, and the sender's address. */
function cooked({bytes, index, direction, broadcast}: Frame): number[] {
	const kind = direction === 'out' ? 4 : broadcast ? 1 : 0;
	return [...bytes.subarray(12, 14), 0, 0, ...big(index, 4), 0, 1, kind, 6, ...bytes.subarray(6, 12), 0, 0];
}

export interface Saved {
	readonly any: boolean;
	readonly frames: readonly Frame[];
}

/** Undefined: no such file. The frames of several devices get their Ethernet header back, as far as it was kept. */
export function readSaved(bytes: Uint8Array, nameOf: (index: number) => string): Saved | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 24 || view.getUint32(0, true) !== magic) return undefined;
	const kind = view.getUint32(20, true);
	const any = kind === linkTypes.any;
	if (!any && kind !== linkTypes.ether) return undefined;
	const frames: Frame[] = [];
	for (let at = 24; at + 16 <= bytes.length; ) {
		const length = view.getUint32(at + 8, true);
		const atMs = view.getUint32(at, true) * 1000 + view.getUint32(at + 4, true) / 1000;
		const body = bytes.subarray(at + 16, at + 16 + length);
		frames.push(any ? uncooked(body, atMs, nameOf) : {atMs, device: '', index: 0, direction: 'in', bytes: body});
		at += 16 + length;
	}
	return {any, frames};
}

function uncooked(body: Uint8Array, atMs: number, nameOf: (index: number) => string): Frame {
	const index = new DataView(body.buffer, body.byteOffset).getUint32(4);
	const kind = body[10];
	const bytes = Uint8Array.from([0, 0, 0, 0, 0, 0, ...body.subarray(12, 18), body[0]!, body[1]!, ...body.subarray(cookedLength)]);
	return {atMs, device: nameOf(index), index, direction: kind === 4 ? 'out' : 'in', broadcast: kind === 1, bytes};
}
