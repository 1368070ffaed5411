import type {Files} from '../../os/files.js';
import {BrokenPipe, LimitReached} from './signals.js';
import type {Time} from './time.js';

/**
 * What a descriptor leads to. Text is UTF-16; a byte that is no valid UTF-8 travels as a lone surrogate U+DC80..U+DCFF, so that binary
 * data passes through pipes and files unharmed (Python calls this surrogateescape).
 */
export interface Stream {
	readonly terminal?: boolean;
	write?(text: string): void;
	/** One line with its newline, `undefined` at the end. */
	readLine?(signal?: AbortSignal): Promise<string | undefined>;
	readAll?(signal?: AbortSignal): Promise<string>;
	/** One key of a terminal. */
	readKey?(signal?: AbortSignal): Promise<string | undefined>;
	/** Whatever has arrived, as soon as there is some; `undefined` at the end. */
	readSome?(signal?: AbortSignal): Promise<string | undefined>;
	/** The same without waiting: `''` when nothing is there yet. */
	readNow?(): string | undefined;
	/** What can be read without waiting, all of it. */
	takeNow?(): string;
	/** Gives back what was read too much. */
	unread?(text: string): void;
	/** Waits until all has arrived that will, without taking it. */
	fill?(signal?: AbortSignal): Promise<void>;
	/** Set when a writer must let the reader catch up first. */
	drained?(signal?: AbortSignal): Promise<void> | undefined;
	/** Readers and writers that come and go: a pipe ends when its last writer has gone. */
	close?(side: 'read' | 'write'): void;
	/** Path, when it is a file. */
	readonly path?: string;
}

/** A runaway loop must not eat the machine's memory: `x=$x$x`, `sed ':a;s/x/xx/;ba'`. */
export function bounded(length: number, what: string, mebibytes = 64): void {
	if (length > mebibytes * 2 ** 20) throw new LimitReached(`${what} grew beyond ${mebibytes} MiB`);
}

/** What one text among many takes besides its letters. */
export const textCost = 32;

export const nullStream: Stream = {write() {}, readLine: async () => undefined, readAll: async () => ''};

export function textSource(text: string): Stream {
	let at = 0;
	const takeNow = () => {
		const rest = text.slice(at);
		at = text.length;
		return rest;
	};
	return {
		async readLine() {
			if (at >= text.length) return undefined;
			const end = text.indexOf('\n', at);
			const line = end < 0 ? text.slice(at) : text.slice(at, end + 1);
			at += line.length;
			return line;
		},
		readAll: async () => takeNow(),
		takeNow,
		unread(rest) {
			at -= rest.length;
		},
	};
}

export interface Capture extends Stream {
	text(): string;
}

export function capture(): Capture {
	const chunks: string[] = [];
	let length = 0;
	return {
		write(text) {
			length += text.length;
			bounded(length, 'the output');
			chunks.push(text);
		},
		text: () => chunks.join(''),
	};
}

/** A writer further ahead than this waits for the reader, as with the kernel's 64 KiB. */
const pipeSize = 65_536;
/** How much of an endless writer's text is gathered for a program that wants all of it. */
const gatheredMax = 4 * 2 ** 20;

export function createPipe(time: Time): Stream {
	let buffer = '';
	let passed = 0;
	let ended = false;
	let readerGone = false;
	let room = pipeSize;
	let wakeReader: (() => void) | undefined;
	let wakeWriter: (() => void) | undefined;
	const more = (signal?: AbortSignal) => time.suspend<void>(resume => (wakeReader = () => resume()), signal);
	const freed = () => {
		const wake = wakeWriter;
		wakeWriter = undefined;
		wake?.();
	};
	const takeNow = () => {
		const text = buffer;
		buffer = '';
		room = pipeSize;
		freed();
		return text;
	};
	return {
		write(text) {
			if (readerGone) throw new BrokenPipe();
			buffer += text;
			passed += text.length;
			bounded(passed, 'the output');
			const wake = wakeReader;
			wakeReader = undefined;
			wake?.();
		},
		drained(signal) {
			if (readerGone) throw new BrokenPipe();
			return buffer.length < room ? undefined : time.suspend<void>(resume => (wakeWriter = () => resume()), signal);
		},
		async readLine(signal) {
			while (!ended && !buffer.includes('\n')) await more(signal);
			if (buffer === '') return undefined;
			const end = buffer.indexOf('\n');
			const line = end < 0 ? buffer : buffer.slice(0, end + 1);
			buffer = buffer.slice(line.length);
			freed();
			return line;
		},
		async readSome(signal) {
			while (!ended && buffer === '') await more(signal);
			return takeNow() || undefined;
		},
		readNow: () => takeNow() || (ended ? undefined : ''),
		takeNow,
		unread(text) {
			buffer = text + buffer;
		},
		async fill(signal) {
			room = gatheredMax;
			freed();
			while (!ended && buffer.length < gatheredMax) await more(signal);
		},
		async readAll(signal) {
			let all = '';
			for (;;) {
				all += buffer;
				bounded(all.length, 'the input');
				buffer = '';
				freed();
				if (ended) return all;
				await more(signal);
			}
		},
		close(side) {
			if (side === 'read') {
				readerGone = true;
				freed();
				return;
			}

			ended = true;
			const wake = wakeReader;
			wakeReader = undefined;
			wake?.();
		},
	};
}

export const fileSink = (files: Files, path: string): Stream => ({
	path,
	write(text) {
		if (text !== '') files.write(path, toBytesOrText(text), {append: true});
	},
});

/** Reads the file when it is asked for more, not when it is opened: a log may still grow. */
export function fileSource(files: Files, path: string): Stream {
	let at = 0;
	let source = '';
	const rest = () => {
		if (at === 0 || at >= source.length) source = fromBytes(files.readBytes(path));
		return source.slice(at);
	};
	const takeNow = () => {
		const text = rest();
		at += text.length;
		return text;
	};
	return {
		path,
		async readLine() {
			const text = rest();
			if (text === '') return undefined;
			const end = text.indexOf('\n');
			const line = end < 0 ? text : text.slice(0, end + 1);
			at += line.length;
			return line;
		},
		readAll: async () => takeNow(),
		takeNow,
	};
}

const escaped = /[\udc80-\udcff]/;
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
const strictDecoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const encoder = new TextEncoder();

/** Bytes to text, each invalid byte becoming a lone surrogate. */
export function fromBytes(bytes: Uint8Array): string {
	try {
		return strictDecoder.decode(bytes);
	} catch {
		let text = '';
		for (let at = 0; at < bytes.length; ) {
			const length = sequenceLength(bytes, at);
			text += length === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : decoder.decode(bytes.subarray(at, at + length));
			at += Math.max(1, length);
		}

		return text;
	}
}

export const toBytesOrText = (text: string): string | Uint8Array => (escaped.test(text) ? toBytes(text) : text);

export function toBytes(text: string): Uint8Array {
	if (!escaped.test(text)) return encoder.encode(text);
	const bytes: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0)!;
		if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
		else for (const byte of encoder.encode(character)) bytes.push(byte);
	}

	return Uint8Array.from(bytes);
}

/** Length of the valid UTF-8 sequence that starts here, 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
	const first = bytes[at]!;
	const length =
		first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
	if (length === 0) return 0;
	try {
		strictDecoder.decode(bytes.subarray(at, at + length));
		return at + length <= bytes.length ? length : 0;
	} catch {
		return 0;
	}
}

/** Bytes as latin-1 text (one character each) and back: how just-bash passes binary data. */
export const latin1ToBytes = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0));
export function bytesToLatin1(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return text;
}
