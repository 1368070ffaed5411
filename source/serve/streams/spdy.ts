import {constants, inflateSync} from 'node:zlib';
import {dictionary} from './spdy-dictionary.js';

/** As much of SPDY/3.1 as port forwarding speaks: streams that are opened, carry bytes both ways and end. */
export interface Spdy {
	/** Bytes of the connection, as they come. */
	receive(bytes: Buffer): void;
	write(stream: number, bytes: Buffer): void;
	/** Says no more on this stream. */
	end(stream: number): void;
}

export interface SpdyEvents {
	send(bytes: Buffer): void;
	opened(stream: number, headers: ReadonlyMap<string, string>): void;
	data(stream: number, bytes: Buffer): void;
	/** The client says no more on this stream, or has reset it. */
	ended(stream: number): void;
}

const type = {synStream: 1, synReply: 2, rstStream: 3, ping: 6, goAway: 7} as const;
const finished = 0x01;
const headerLength = 8;

export function createSpdy(events: SpdyEvents): Spdy {
	const readHeaders = createHeaderReader();
	const headerBlock = createHeaderWriter();
	let pending = Buffer.alloc(0);
	const frame = (word: number, flags: number, body: Buffer) => {
		const head = Buffer.alloc(headerLength);
		head.writeUInt32BE(word >>> 0);
		head.writeUInt32BE(((flags << 24) | body.length) >>> 0, 4);
		events.send(Buffer.concat([head, body]));
	};
	const control = (kind: number, body: Buffer) => frame(0x8003_0000 + kind, 0, body);
	const controls: Readonly<Record<number, (body: Buffer, flags: number) => void>> = {
		[type.synStream](body, flags) {
			const stream = body.readUInt32BE(0) & 0x7fff_ffff;
			const headers = readHeaders(body.subarray(10));
			control(type.synReply, Buffer.concat([word(stream), headerBlock()]));
			events.opened(stream, headers);
			if (flags & finished) events.ended(stream);
		},
		[type.rstStream]: body => events.ended(body.readUInt32BE(0) & 0x7fff_ffff),
		[type.ping]: body => control(type.ping, body),
		[type.goAway]() {},
	};
	const take = (head: Buffer, body: Buffer) => {
		const first = head.readUInt32BE(0);
		const flags = head[4]!;
		if (first & 0x8000_0000) return controls[first & 0xffff]?.(body, flags);
		if (body.length > 0) events.data(first, body);
		if (flags & finished) events.ended(first);
	};
	return {
		receive(bytes) {
			pending = Buffer.concat([pending, bytes]);
			while (pending.length >= headerLength) {
				const length = pending.readUIntBE(5, 3);
				if (pending.length < headerLength + length) return;
				const [head, body] = [pending.subarray(0, headerLength), pending.subarray(headerLength, headerLength + length)];
				pending = pending.subarray(headerLength + length);
				take(head, body);
			}
		},
		write: (stream, bytes) => frame(stream, 0, bytes),
		end: stream => frame(stream, finished, Buffer.alloc(0)),
	};
}

const word = (value: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};

/** All header blocks of a connection are one zlib stream. They are few and short: each time it is read from its beginning. */
function createHeaderReader(): (block: Buffer) => ReadonlyMap<string, string> {
	const blocksMax = 2 ** 20;
	let blocks = Buffer.alloc(0);
	let read = 0;
	return block => {
		blocks = Buffer.concat([blocks, block]);
		if (blocks.length > blocksMax) throw new RangeError('too many SPDY streams');
		const text = inflateSync(blocks, {dictionary, finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: blocksMax});
		const fresh = text.subarray(read);
		read = text.length;
		return headersOf(fresh);
	};
}

function headersOf(block: Buffer): ReadonlyMap<string, string> {
	let at = 4;
	const next = () => {
		const length = block.readUInt32BE(at);
		const text = block.toString('utf8', at + 4, at + 4 + length);
		at += 4 + length;
		return text;
	};
	return new Map(Array.from({length: Math.min(block.readUInt32BE(0), 64)}, () => [next().toLowerCase(), next()]));
}

/** Blocks without any header, uncompressed: a zlib header before the first, and after each an empty block that flushes it. */
function createHeaderWriter(): () => Buffer {
	let first = true;
	const stored = (bytes: Buffer) => {
		const head = Buffer.from([0, 0, 0, 0, 0]);
		head.writeUInt16LE(bytes.length, 1);
		head.writeUInt16LE(~bytes.length & 0xffff, 3);
		return Buffer.concat([head, bytes]);
	};
	return () => {
		const block = Buffer.concat([Buffer.from(first ? [0x78, 0x01] : []), stored(word(0)), stored(Buffer.alloc(0))]);
		first = false;
		return block;
	};
}
