import type {Inode} from '../../../../os/inode.js';
import {bytesOf, contentOf} from '../../../../os/inode.js';

/** One entry of a tape archive. */
export interface TarEntry {
	/** Without a slash in front. */
	readonly path: string;
	readonly type: 'file' | 'folder' | 'symlink';
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly mtimeMs: number;
	readonly bytes: Uint8Array;
	/** Of a symbolic link. */
	readonly target?: string;
}

const blockBytes = 512;
const encoder = new TextEncoder();
const types = {file: '0', symlink: '2', folder: '5'} as const;

/** POSIX ustar; names up to 255 bytes. */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
	const blocks = entries.flatMap(entry => [header(entry), ...(entry.bytes.length > 0 ? [padded(entry.bytes)] : [])]);
	const whole = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0) + 2 * blockBytes);
	let at = 0;
	for (const block of blocks) {
		whole.set(block, at);
		at += block.length;
	}

	return whole;
}

function header({path, type, mode, uid, gid, mtimeMs, bytes, target = ''}: TarEntry): Uint8Array {
	const block = new Uint8Array(blockBytes);
	const put = (offset: number, text: string) => block.set(encoder.encode(text), offset);
	const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, '0');
	const name = type === 'folder' && !path.endsWith('/') ? `${path}/` : path;
	const cut = name.length <= 100 ? -1 : name.lastIndexOf('/', Math.min(155, name.length - 2));
	put(0, name.slice(cut + 1).slice(0, 100));
	put(100, octal(mode & 0o7777, 8));
	put(108, octal(uid, 8));
	put(116, octal(gid, 8));
	put(124, octal(bytes.length, 12));
	put(136, octal(Math.floor(mtimeMs / 1000), 12));
	put(148, '        ');
	put(156, types[type]);
	put(157, target.slice(0, 100));
	put(257, 'ustar\u000000');
	if (cut > 0) put(345, name.slice(0, cut));
	put(
		148,
		`${block
			.reduce((sum, byte) => sum + byte, 0)
			.toString(8)
			.padStart(6, '0')}\u0000 `,
	);
	return block;
}

function padded(bytes: Uint8Array): Uint8Array {
	const block = new Uint8Array(Math.ceil(bytes.length / blockBytes) * blockBytes);
	block.set(bytes);
	return block;
}

/** Undefined when the bytes are no archive. */
export function readTar(bytes: Uint8Array): readonly TarEntry[] | undefined {
	const entries: TarEntry[] = [];
	const text = (from: number, length: number) => new TextDecoder().decode(bytes.subarray(from, from + length)).replace(/\0.*$/s, '');
	let longName = '';
	for (let at = 0; at + blockBytes <= bytes.length; ) {
		if (bytes.subarray(at, at + blockBytes).every(byte => byte === 0)) return entries;
		if (!text(at + 257, 5).startsWith('ustar')) return undefined;
		const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8);
		const kind = text(at + 156, 1);
		const prefix = text(at + 345, 155);
		const name = longName || (prefix ? `${prefix}/` : '') + text(at, 100);
		const content = bytes.subarray(at + blockBytes, at + blockBytes + size);
		at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
		longName = kind === 'L' ? new TextDecoder().decode(content).replace(/\0.*$/s, '') : '';
		const type = kind === '5' ? 'folder' : kind === '2' ? 'symlink' : kind === '0' || kind === '' ? 'file' : undefined;
		if (!type) continue;
		const number = (offset: number) =>
			Number.parseInt(text(at - blockBytes - Math.ceil(size / blockBytes) * blockBytes + offset, 8).trim() || '0', 8);
		const head = at - blockBytes - Math.ceil(size / blockBytes) * blockBytes;
		entries.push({
			path: name.replace(/^\.?\/+/, '').replace(/\/$/, ''),
			type,
			mode: number(100),
			uid: number(108),
			gid: number(116),
			mtimeMs: Number.parseInt(text(head + 136, 12).trim() || '0', 8) * 1000,
			bytes: content,
			...(type === 'symlink' && {target: text(head + 157, 100)}),
		});
	}

	return entries.length > 0 ? entries : undefined;
}

export const inodeOf = ({type, mode, uid, gid, mtimeMs, bytes, target}: TarEntry): Inode =>
	type === 'folder'
		? {type, mode, uid, gid, mtimeMs, size: 4096}
		: {type, mode, uid, gid, mtimeMs, ...contentOf(type === 'symlink' ? (target ?? '') : bytes)};

export const entryOf = (path: string, inode: Inode): TarEntry | undefined =>
	inode.type === 'device'
		? undefined
		: {
				path: path.replace(/^\//, ''),
				type: inode.type,
				mode: inode.mode,
				uid: inode.uid,
				gid: inode.gid,
				mtimeMs: inode.mtimeMs,
				bytes: inode.type === 'file' ? bytesOf(inode) : new Uint8Array(),
				...(inode.type === 'symlink' && {target: inode.text ?? ''}),
			};
