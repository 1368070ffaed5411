import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {ExecResult, Io} from '../../../shell/command.js';
import {AwkFatal} from './errors.js';
import {RecordReader, sourceOfText, type TextSource} from './reader.js';
import type {Redirection} from './syntax.js';

/** Files and commands a program has open, each under the name it was opened by. */
export class Streams {
	readonly #io: Io<Machine>;
	readonly #written = new Set<string>();
	readonly #pipes = new Map<string, string>();
	readonly #readers = new Map<string, {readonly reader: RecordReader; readonly status: number}>();
	#buffer = '';

	constructor(io: Io<Machine>) {
		this.#io = io;
	}

	/** On a pipe or a file, output waits until something else may print. */
	out(text: string): void {
		this.#buffer += text;
		if (this.#io.stdoutIsTerminal || this.#buffer.length > 65_536) this.flush();
	}

	flush(): void {
		if (this.#buffer !== '') this.#io.out(this.#buffer);
		this.#buffer = '';
	}

	write(kind: Redirection['kind'], name: string, text: string): void {
		if (kind === '|') {
			if (!this.#pipes.has(name)) this.flush();
			this.#pipes.set(name, (this.#pipes.get(name) ?? '') + text);
		} else if (name === '/dev/stdout' || name === '-') this.out(text);
		else if (name === '/dev/stderr') {
			this.flush();
			this.#io.err(text);
		} else this.#writeFile(kind, name, text);
	}

	#writeFile(kind: '>' | '>>', name: string, text: string): void {
		if (name === '') throw new AwkFatal(`expression for \`${kind}' redirection has null string value`);
		try {
			this.#io.machine.files.write(this.#io.path(name), text, {append: kind === '>>' || this.#written.has(name)});
			this.#written.add(name);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			throw new AwkFatal(`cannot redirect to \`${name}': ${error.message}`);
		}
	}

	/** Undefined when the file cannot be read. */
	readerOf(name: string): RecordReader | undefined {
		const open = this.#readers.get(name);
		if (open) return open.reader;
		let source: TextSource;
		if (name === '-' || name === '/dev/stdin') source = standardInput();
		else {
			try {
				source = sourceOfText(this.#io.machine.files.readText(this.#io.path(name)));
			} catch (error) {
				if (error instanceof FileError) return undefined;
				throw error;
			}
		}

		const reader = new RecordReader(source);
		this.#readers.set(name, {reader, status: 0});
		return reader;
	}

	/** The output of a command; it inherits the standard input. */
	*readerOfCommand(line: string): Generator<any, RecordReader, any> {
		const open = this.#readers.get(line);
		if (open) return open.reader;
		this.flush();
		const {stdout, stderr, exitCode}: ExecResult = yield {exec: {line}};
		this.#io.err(stderr);
		const reader = new RecordReader(sourceOfText(stdout));
		this.#readers.set(line, {reader, status: exitCode});
		return reader;
	}

	*system(line: string): Generator<any, number, any> {
		this.flush();
		const {exitCode}: ExecResult = yield {exec: {line, stream: true}};
		return exitCode;
	}

	/** -1 when nothing of that name is open. */
	*close(name: string): Generator<any, number, any> {
		const reader = this.#readers.get(name);
		const known = reader !== undefined || this.#written.has(name);
		this.#readers.delete(name);
		this.#written.delete(name);
		if (this.#pipes.has(name)) return yield* this.#closePipe(name);
		return known ? (reader?.status ?? 0) : -1;
	}

	*closeAll(): Generator<any, void, any> {
		for (const name of [...this.#pipes.keys()]) yield* this.#closePipe(name);
		this.flush();
	}

	*#closePipe(line: string): Generator<any, number, any> {
		const stdin = this.#pipes.get(line)!;
		this.#pipes.delete(line);
		const {stdout, stderr, exitCode}: ExecResult = yield {exec: {line, stdin}};
		this.#io.out(stdout);
		this.#io.err(stderr);
		return exitCode;
	}
}

export const standardInput = (): TextSource => ({
	*line() {
		const line: string | undefined = yield {read: 'line'};
		return line === undefined ? undefined : `${line}\n`;
	},
	*rest() {
		return yield {read: 'all'};
	},
});
