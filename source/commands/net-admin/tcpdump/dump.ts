import {etherLength} from './frame.js';
import type {Options} from './options.js';

const perLine = 16;
const isPrinted = (byte: number) => byte > 32 && byte < 127;

/** The bytes below a line: -x, -X and -A leave the head of the frame out, twice they show it. */
export function dump(bytes: Uint8Array, {dump: wanted}: Options): string {
	if (!wanted) return '';
	const shown = bytes.subarray(wanted.linkToo ? 0 : etherLength);
	if (wanted.kind === 'text') return `${plain(shown)}\n`;
	const lines: string[] = [];
	for (let at = 0; at < shown.length; at += perLine) {
		const part = shown.subarray(at, at + perLine);
		const pairs = Array.from({length: Math.ceil(part.length / 2)}, (_, pair) =>
			Array.from(part.subarray(pair * 2, pair * 2 + 2), byte => byte.toString(16).padStart(2, '0')).join(''),
		).join(' ');
		const text = Array.from(part, byte => (isPrinted(byte) ? String.fromCharCode(byte) : '.')).join('');
		lines.push(`\t0x${at.toString(16).padStart(4, '0')}:  ${wanted.kind === 'both' ? `${pairs.padEnd(39)}  ${text}` : pairs}\n`);
	}

	return lines.join('');
}

/** -A: lines end where the packet's do. */
const plain = (bytes: Uint8Array) =>
	Array.from(bytes, (byte, at) => {
		if (byte === 13 && bytes[at + 1] === 10) return '';
		return byte === 9 || byte === 10 || (byte > 31 && byte < 127) ? String.fromCharCode(byte) : '.';
	}).join('');
