import type {Machine} from '../../node/host/machine.js';
import {FileError, type FileStat} from '../../os/files.js';
import {join} from '../../os/layer.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {humanSize} from '../host/files/ls.js';
import {isBusybox} from '../net-client/flavour.js';

const long = {
	all: '=a',
	'apparent-size': '=A',
	bytes: '=b',
	total: '=c',
	'human-readable': '=h',
	'max-depth': '=d',
	summarize: '=s',
	'one-file-system': '=x',
} as const;

const blockBytes = 4096;

export default {
	name: 'du',
	summary: 'how much room files take',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'aAbchHkLlmsx', values: 'dB', long});
		if (args.problem) return refuse(io, args.problem);
		const usage = new Usage(io, args);
		let total = 0;
		for (const word of args.operands.length > 0 ? args.operands : ['.']) total += usage.of(word, io.path(word), 0) ?? 0;
		if (args.has('c')) usage.print(total, 'total');
		return usage.status;
	},
} satisfies Command<Machine>;

class Usage {
	status = 0;
	readonly #io: Io<Machine>;
	readonly #args: Arguments;
	readonly #depth: number;

	constructor(io: Io<Machine>, args: Arguments) {
		this.#io = io;
		this.#args = args;
		this.#depth = args.has('s') ? 0 : Number(args.value('d') ?? Number.POSITIVE_INFINITY);
	}

	/** Bytes of a file, or of a folder with all that is in it; the folder is printed after what it holds. */
	of(shown: string, path: string, depth: number): number | undefined {
		const {files} = this.#io.machine;
		try {
			const stat = files.lstat(path);
			let bytes = this.#room(stat);
			if (stat.type === 'folder')
				for (const name of files.list(path))
					bytes += this.of(shown.endsWith('/') ? shown + name : `${shown}/${name}`, join(path, name), depth + 1) ?? 0;
			if (depth === 0 || (depth <= this.#depth && (stat.type === 'folder' || this.#args.has('a')))) this.print(bytes, shown);
			return bytes;
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			this.#io.err(
				isBusybox(this.#io.machine, 'du') ? `du: ${shown}: ${error.message}\n` : `du: cannot access '${shown}': ${error.message}\n`,
			);
			this.status = 1;
			return undefined;
		}
	}

	print(bytes: number, shown: string): void {
		const args = this.#args;
		const kib = Math.ceil(bytes / 1024);
		const size = args.has('h') ? this.#human(bytes) : args.has('b') ? bytes : args.has('m') ? Math.ceil(bytes / 1_048_576) : kib;
		this.#io.out(`${size}\t${shown}\n`);
	}

	#human(bytes: number): string {
		if (!isBusybox(this.#io.machine, 'du')) return humanSize(bytes);
		const unit = Math.min(3, Math.max(1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
		return `${(bytes / 1024 ** unit).toFixed(1)}${' KMG'[unit]}`;
	}

	/** Whole blocks; a folder with few names has none of its own on XFS. */
	#room({type, size}: FileStat): number {
		if (this.#args.has('A') || this.#args.has('b')) return size;
		if (type === 'file') return Math.ceil(size / blockBytes) * blockBytes;
		return type === 'folder' && isBusybox(this.#io.machine, 'du') ? blockBytes : 0;
	}
}
