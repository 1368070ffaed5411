import {FileError} from './files.js';

/** One entry of a file system, as plain data. Text is kept as text; bytes that are not UTF-8 as latin-1 with `binary`. */
export interface Inode {
	readonly type: 'file' | 'folder' | 'symlink' | 'device';
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly mtimeMs: number;
	/** Content of a file, target of a symbolic link. */
	readonly text?: string;
	readonly binary?: boolean;
	/** Nothing but NUL bytes, as many as its size says: `dd if=/dev/zero` must not fill the memory of the world. */
	readonly zeros?: boolean;
	/** Bytes; kept, because counting UTF-8 is not free. */
	readonly size: number;
	/** Files that share their content with other names (hard links) name the shared one here. */
	readonly shared?: string;
}

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', {fatal: true});
const lenient = new TextDecoder();

/** So much of nothing is only counted. */
const zerosKeptFrom = 65_536;

export const encode = (text: string): Uint8Array => encoder.encode(text);

/** ASCII needs no encoder, and nearly everything is ASCII. */
export function utf8Length(text: string): number {
	for (let i = 0; i < text.length; i++) {
		if (text.charCodeAt(i) > 127) return encoder.encode(text).length;
	}

	return text.length;
}

export function contentOf(value: string | Uint8Array): Pick<Inode, 'text' | 'binary' | 'zeros' | 'size'> {
	if (typeof value === 'string') return {text: value, size: utf8Length(value)};
	if (value.length >= zerosKeptFrom && value.every(byte => byte === 0)) return {zeros: true, size: value.length};
	try {
		return {text: strict.decode(value), size: value.length};
	} catch {
		return {text: latin1(value), binary: true, size: value.length};
	}
}

/** More of nothing than this is not read. */
const zerosReadMax = 64 * 1024 * 1024;

export function bytesOf(inode: Inode): Uint8Array {
	if (inode.zeros) return new Uint8Array(zeroBytes(inode));
	if (!inode.binary) return encoder.encode(inode.text ?? '');
	return Uint8Array.from(inode.text ?? '', char => char.charCodeAt(0));
}

export const textOf = (inode: Inode): string =>
	inode.zeros ? '\0'.repeat(zeroBytes(inode)) : inode.binary ? lenient.decode(bytesOf(inode)) : (inode.text ?? '');

function zeroBytes({size}: Inode): number {
	if (size > zerosReadMax) throw new FileError('ENOMEM', '');
	return size;
}

/** The same content, cut or filled up with NUL bytes. */
export function resized(inode: Inode, size: number): Pick<Inode, 'text' | 'binary' | 'zeros' | 'size'> {
	if (inode.zeros || inode.size === 0) return {size, zeros: true};
	const bytes = new Uint8Array(Math.min(size, zerosReadMax));
	bytes.set(bytesOf(inode).subarray(0, size));
	if (size > zerosReadMax) throw new FileError('ENOSPC', '');
	return contentOf(bytes);
}

function latin1(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
	return text;
}
