import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Io, Run} from '../../../shell/command.js';
import {bytesToText, textToBytes} from '../../../tls/raw-bytes.js';
import type {Draw} from '../../../tls/rsa.js';

/** One subcommand of openssl: its options, and what it does. */
export interface Tool {
	readonly name: string;
	/** Options without a value, with one, and those that the real one has and this has not; blank-separated. */
	readonly flags: string;
	readonly values?: string;
	readonly refused?: string;
	/** `-sha256` and its like choose a digest. */
	readonly takesDigest?: boolean;
	run(call: Call): Run;
}

/** A call with its options read. */
export interface Call {
	readonly io: Io<Machine>;
	readonly tool: string;
	readonly argv0: string;
	has(option: string): boolean;
	value(option: string): string | undefined;
	/** Where it stands among the words. */
	order(option: string): number;
	/** Of an option that may be repeated. */
	all(option: string): readonly string[];
	readonly rest: readonly string[];
	readonly digest?: string;
	readonly draw: Draw;
	fail(...lines: readonly string[]): number;
	/** Text of a file, or of standard input; undefined when it could not be read, after saying so. */
	readText(file: string | undefined, what: string): string | undefined;
	/** The same in bytes, for DER. */
	readBytes(file: string | undefined, what: string): Uint8Array | undefined;
	/** To `-out`, or to standard output. */
	write(content: string | Uint8Array, file?: string, mode?: number): boolean;
}

export const digests = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'sha3-512']);

/** The number before an error is a thread's; the rest is fixed text. */
export const errorLine = (text: string): string => `40B7D0F5F97F0000:error:${text}`;

/** Reads the words after the subcommand; a number is the exit status of a refusal. */
export function readCall(io: Io<Machine>, tool: Tool, words: readonly string[]): Call | number {
	const set = (names = '') => new Set(names.split(' '));
	const [flags, values, refused] = [set(tool.flags), set(tool.values), set(tool.refused)];
	const found = new Map<string, string[]>();
	let digest: string | undefined;
	let at = 0;
	const bad = (text: string) => {
		io.err(`${tool.name}: ${text}\n${tool.name}: Use -help for summary.\n`);
		return 1;
	};

	for (; at < words.length; at++) {
		const word = words[at]!;
		if (!word.startsWith('-') || word === '-') break;
		if (word === '--') {
			at++;
			break;
		}

		const name = word.replace(/^--?/, '');
		if (flags.has(name)) found.set(name, ['']);
		else if (values.has(name)) {
			const value = words[++at];
			if (value === undefined) return bad(`Option -${name} needs a value`);
			found.set(name, [...(found.get(name) ?? []), value]);
		} else if (tool.takesDigest && digests.has(name)) digest = name;
		else if (refused.has(name) || name === 'help') return refuse(io, `openssl ${tool.name} -${name}`);
		else return bad(tool.takesDigest ? `Unknown option or message digest: ${name}` : `Unknown option: -${name}`);
	}

	const random = io.machine.sim.random.fork('openssl');
	const {files} = io.machine;
	const readBytes = (file: string | undefined, what: string): Uint8Array | undefined => {
		if (file === undefined || file === '-') return textToBytes(io.stdin);
		try {
			return files.readBytes(io.path(file));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			for (const line of missing(file, what, error.message)) io.err(`${line}\n`);
			return undefined;
		}
	};

	return {
		io,
		tool: tool.name,
		argv0: io.argv[0]!,
		has: option => found.has(option),
		value: option => found.get(option)?.at(-1),
		order: option => words.findLastIndex(word => word.replace(/^--?/, '') === option),
		all: option => found.get(option) ?? [],
		rest: words.slice(at),
		...(digest !== undefined && {digest}),
		draw: below => random.int(below),
		fail(...lines) {
			for (const line of lines) io.err(`${line}\n`);
			return 1;
		},
		readText(file, what) {
			const bytes = readBytes(file, what);
			return bytes && Buffer.from(bytes).toString('utf8');
		},
		readBytes,
		write(content, file, mode) {
			if (file === undefined) {
				io.out(typeof content === 'string' ? content : bytesToText(content));
				return true;
			}

			try {
				files.write(io.path(file), content, mode === undefined ? {} : {mode});
				return true;
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(
					`Can't open "${file}" for writing, ${error.message}\n${errorLine(`80000002:system library:BIO_new_file:${error.message}:crypto/bio/bss_file.c:67:calling fopen(${file}, w)`)}\n${errorLine('10000080:BIO routines:BIO_new_file:no such file:crypto/bio/bss_file.c:75:')}\n`,
				);
				return false;
			}
		},
	};
}

const missing = (file: string, what: string, reason: string) => [
	`Could not open file or uri for loading ${what} from ${file}`,
	errorLine('16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:crypto/store/store_register.c:237:scheme=file'),
	errorLine(`80000002:system library:file_open:${reason}:providers/implementations/storemgmt/file_store.c:267:calling stat(${file})`),
];

export function refuse(io: Io<Machine>, what: string): number {
	io.machine.sim.notes.notSimulated(what);
	io.err(`kubelab: not simulated: ${what}\n`);
	return 125;
}
