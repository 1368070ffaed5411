import {gunzipSync, gzipSync} from 'node:zlib';

const blockBytes = 512;
const text = new TextDecoder();
const bytesOf = new TextEncoder();

export interface ArchivedFile {
	readonly name: string;
	readonly text: string;
}

/** The text files of a .tgz. */
export function unpack(archive: Uint8Array): ArchivedFile[] {
	let tar: Uint8Array;
	try {
		tar = gunzipSync(archive);
	} catch {
		throw new Error("file does not appear to be a gzipped archive; got 'application/octet-stream'");
	}

	const files: ArchivedFile[] = [];
	for (let at = 0; at + blockBytes <= tar.length && tar[at] !== 0; ) {
		const field = (from: number, length: number) => text.decode(tar.subarray(at + from, at + from + length)).replace(/\0.*$/s, '');
		const size = Number.parseInt(field(124, 12).trim(), 8) || 0;
		const prefix = field(257, 5) === 'ustar' ? field(345, 155) : '';
		const name = (prefix ? `${prefix}/` : '') + field(0, 100);
		const type = field(156, 1);
		if (type === '' || type === '0') files.push({name, text: text.decode(tar.subarray(at + blockBytes, at + blockBytes + size))});
		at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
	}

	return files;
}

export function pack(files: readonly ArchivedFile[], mtimeMs: number): Uint8Array {
	const parts: Uint8Array[] = [];
	for (const {name, text: content} of files) {
		const data = bytesOf.encode(content);
		parts.push(header(name, data.length, mtimeMs), data, new Uint8Array((blockBytes - (data.length % blockBytes)) % blockBytes));
	}

	parts.push(new Uint8Array(2 * blockBytes));
	const tar = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		tar.set(part, at);
		at += part.length;
	}

	return gzipSync(tar);
}

function header(path: string, size: number, mtimeMs: number): Uint8Array {
	const block = new Uint8Array(blockBytes);
	const put = (value: string, at: number) => block.set(bytesOf.encode(value), at);
	const cut = path.length > 100 ? path.lastIndexOf('/', 154) : -1;
	put(cut === -1 ? path : path.slice(cut + 1), 0);
	if (cut !== -1) put(path.slice(0, cut), 345);
	put('0000644\0', 100);
	put('0000000\0', 108);
	put('0000000\0', 116);
	put(`${size.toString(8).padStart(11, '0')}\0`, 124);
	put(
		`${Math.floor(mtimeMs / 1000)
			.toString(8)
			.padStart(11, '0')}\0`,
		136,
	);
	put('        ', 148);
	put('0', 156);
	put('ustar\x0000', 257);
	const sum = block.reduce((total, byte) => total + byte, 0);
	put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
}
