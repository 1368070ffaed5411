import {inflateRawSync} from 'node:zlib';
import {AnswersError} from '../../lab/answers.js';
import {nameOf} from './file-name.js';

export interface ZipEntry {
	/** As the archive has it, with `/`. */
	readonly name: string;
	readonly size: number;
	/** Throws an `AnswersError` when the entry is damaged or holds more than it says. */
	read(): Uint8Array;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const entriesMax = 20_000;
/** All entries together, unpacked: a class of thousands has not a tenth of it. */
const totalMax = 512 * 2 ** 20;

/** The files of an archive, from its central directory. Nothing is unpacked before it is asked for, and nothing is written to a disk. */
export function readZip(bytes: Uint8Array): ZipEntry[] {
	const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = findEnd(data);
	const count = data.readUInt16LE(end + 10);
	let at = data.readUInt32LE(end + 16);
	if (count === 0xffff || at === 0xffffffff) throw new AnswersError('it is a zip64 archive, which is far more than a class hands in');
	if (count > entriesMax) throw new AnswersError(`it holds ${count} files; at most ${entriesMax} are read`);
	const entries: ZipEntry[] = [];
	let total = 0;
	for (let each = 0; each < count; each++) {
		if (at + 46 > data.length || data.readUInt32LE(at) !== entrySignature) throw damaged();
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => data.readUInt16LE(at + offset)) as [number, number, number];
		const size = data.readUInt32LE(at + 24);
		const isUtf8 = (data.readUInt16LE(at + 8) & 0x800) !== 0;
		const name = nameOf(data.subarray(at + 46, at + 46 + nameLength), isUtf8).replaceAll('\\', '/');
		total += size;
		if (total > totalMax) throw new AnswersError(`unpacked it would be larger than ${totalMax / 2 ** 20} MiB: it is refused as a zip bomb`);
		const header = at;
		if (!name.endsWith('/') || leadsOut(name)) entries.push({name, size, read: () => unpack(data, {name, header, size})});
		at += 46 + nameLength + extraLength + commentLength;
	}
	return entries;
}

const damaged = () => new AnswersError('it is a damaged zip archive');

/** Stands at the end, before a comment of at most 64 KiB. */
function findEnd(data: Buffer): number {
	for (let at = data.length - 22; at >= Math.max(0, data.length - 22 - 0xffff); at--) if (data.readUInt32LE(at) === endSignature) return at;
	throw damaged();
}

/** Unix keeps the kind of file in the upper half of its attributes. */
const isLink = (attributes: number) => ((attributes >>> 28) & 0xf) === 0xa;

const leadsOut = (name: string) =>
	name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\u0000');

function unpack(data: Buffer, {name, header, size}: {name: string; header: number; size: number}): Uint8Array {
	if (leadsOut(name)) throw new AnswersError('its path leads out of the archive');
	if (isLink(data.readUInt32LE(header + 38))) throw new AnswersError('it is a link');
	const [flags, method] = [data.readUInt16LE(header + 8), data.readUInt16LE(header + 10)];
	if ((flags & 1) !== 0) throw new AnswersError('it is encrypted');
	const local = data.readUInt32LE(header + 42);
	if (local + 30 > data.length || data.readUInt32LE(local) !== localSignature) throw damaged();
	const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
	const packed = data.subarray(start, start + data.readUInt32LE(header + 20));
	if (method === 0) return packed.subarray(0, size);
	if (method !== 8) throw new AnswersError(`it is packed in a way that is not read (method ${method})`);
	try {
		// A bomb says that it is small: the limit holds for what really comes out.
		return inflateRawSync(packed, {maxOutputLength: Math.max(1, size)});
	} catch {
		throw new AnswersError('it is damaged, or larger than the archive says');
	}
}
