import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Io} from '../../../shell/command.js';
import type {Arguments} from '../../host/arguments.js';
import {standardInput} from '../input.js';
import {Execution, type Streams} from './execute.js';
import {Input, type Source, sourceOf} from './input.js';
import {type Script, SedError} from './script.js';

/** One call of sed: its files, its output, its exit status. */
export class Editing {
	readonly separate: boolean;
	status = 0;
	readonly #io: Io<Machine>;
	readonly #execution: Execution;
	readonly #end: string;
	/** Where output goes while a file is edited in place. */
	#page: string[] | undefined;

	constructor(io: Io<Machine>, script: Script, args: Arguments) {
		this.#io = io;
		this.#end = args.has('z') ? '\0' : '\n';
		this.separate = args.has('s');
		for (const file of script.outputs) this.#guard(file, path => io.machine.files.write(path, ''));
		const options = {quiet: args.has('n'), end: this.#end, width: Number(args.value('l') ?? 70), unattended: io.unattended ?? false};
		this.#execution = new Execution(script, this.#streams, options);
	}

	get #streams(): Streams {
		const {files} = this.#io.machine;
		return {
			out: text => {
				if (this.#page) this.#page.push(text);
				else this.#io.out(text);
			},
			write: (file, text) => this.#guard(file, path => files.write(path, text, {append: true})),
			read: file => {
				if (file === '/dev/stdin') return this.#io.stdin;
				const path = this.#io.path(file);
				return files.exists(path) && files.stat(path).type === 'file' ? files.readText(path) : undefined;
			},
		};
	}

	/** True when the script has quit. */
	*stream(input: Input): Generator<any, boolean, any> {
		const status: number | undefined = yield* this.#execution.run(input);
		if (status === undefined) return false;
		this.status = status;
		return true;
	}

	/** Complains and goes on when it cannot be read. */
	*open(name: string): Generator<any, Source | undefined, any> {
		if (name === '-') return sourceOf('-', yield* standardInput(this.#io), this.#end);
		try {
			return sourceOf(name, this.#io.machine.files.readText(this.#io.path(name)), this.#end);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			const folder = error.code === 'EISDIR';
			this.#io.err(folder ? `sed: read error on ${name}: Is a directory\n` : `sed: can't read ${name}: ${error.message}\n`);
			this.status = folder ? 4 : 2;
			return undefined;
		}
	}

	*inPlace(name: string, suffix: string): Generator<any, void, any> {
		const {files} = this.#io.machine;
		const path = this.#io.path(name);
		if (files.exists(path) && files.stat(path).type !== 'file') {
			this.#io.err(`sed: couldn't edit ${name}: not a regular file\n`);
			this.status = 4;
			return;
		}

		const source: Source | undefined = yield* this.open(name);
		if (!source) return;
		this.#page = [];
		try {
			yield* this.stream(new Input([source]));
			if (suffix !== '') files.write(backupPath(path, suffix), files.readBytes(path));
			files.write(path, this.#page.join(''));
		} finally {
			this.#page = undefined;
		}
	}

	#guard(file: string, deed: (path: string) => void): void {
		if (file === '/dev/stdout' || file === '/dev/stderr') return;
		try {
			deed(this.#io.path(file));
		} catch (error) {
			if (error instanceof FileError) throw new SedError(`couldn't open file ${file}: ${error.message}`, 4);
			throw error;
		}
	}
}

/** `*` in a suffix stands for the file's name. */
function backupPath(path: string, suffix: string): string {
	const cut = path.lastIndexOf('/') + 1;
	const name = path.slice(cut);
	const backup = suffix.includes('*') ? suffix.replaceAll('*', name) : name + suffix;
	return backup.includes('/') ? backup : path.slice(0, cut) + backup;
}
