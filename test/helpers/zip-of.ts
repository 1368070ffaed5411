import {deflateRawSync} from 'node:zlib';

export interface Packed {
	readonly name: Uint8Array;
	readonly content: string;
	/** The size that the archive tells, when it lies. */
	readonly claims?: number;
}

/** A zip archive, byte by byte, so that a test can make one that lies. */
export function zipOf(files: readonly Packed[]): Uint8Array {
	const locals: Buffer[] = [];
	const entries: Buffer[] = [];
	let at = 0;
	for (const {name, content, claims} of files) {
		const packed = deflateRawSync(content);
		const size = claims ?? Buffer.byteLength(content);
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(8, 8);
		local.writeUInt32LE(packed.length, 18);
		local.writeUInt32LE(size, 22);
		local.writeUInt16LE(name.length, 26);
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(8, 10);
		entry.writeUInt32LE(packed.length, 20);
		entry.writeUInt32LE(size, 24);
		entry.writeUInt16LE(name.length, 28);
		entry.writeUInt32LE(at, 42);
		locals.push(local, Buffer.from(name), packed);
		entries.push(entry, Buffer.from(name));
		at += 30 + name.length + packed.length;
	}
	const directory = Buffer.concat(entries);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(files.length, 8);
	end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...locals, directory, end]);
}
