import type {ExecResult} from '../../../shell/command.js';
import {LimitReached} from '../../../shell/run/signals.js';
import {bounded} from '../../../shell/run/stream.js';
import {Addresses, type Place} from './addresses.js';
import type {Input} from './input.js';
import {type Instruction, type Script, SedError} from './script.js';
import {spaceMebibytes, substitute} from './substitution.js';
import {visible} from './visible.js';

export interface Streams {
	out(text: string): void;
	/** Appends to a file that `w` names. */
	write(file: string, text: string): void;
	/** What `r` puts in; undefined when it cannot be read. */
	read(file: string): string | undefined;
}

export interface ExecuteOptions {
	readonly quiet: boolean;
	/** `\n`, or NUL with -z. */
	readonly end: string;
	/** Where `l` folds. */
	readonly width: number;
	/** Nobody can stop it. */
	readonly unattended: boolean;
}

/** Work between two lines read after which others may run, and how much there may be when nobody watches. */
const workPerBreath = 20_000;
const workUnattended = 2_000_000;

/** What becomes of the line after an instruction: the next one, a jump, the end of the cycle, or of all. */
type Next = number | 'cycle' | 'discard' | 'restart' | 'quit' | 'quit silently';

/** Runs a script over an input. Yields what `e` wants to run. Returns the status of `q`, or undefined at the end of the input. Source: sed/execute.c. */
export class Execution {
	readonly #script: Script;
	readonly #streams: Streams;
	readonly #options: ExecuteOptions;
	readonly #addresses: Addresses;
	#input!: Input;
	#space = '';
	#hold = '';
	#unended = false;
	/** A line end that is owed, should more follow. */
	#owed = false;
	#replaced = false;
	#lastRegex: RegExp | undefined;
	readonly #appended: Array<() => string> = [];
	/** How far `R` has read each file. */
	readonly #readLines = new Map<string, number>();
	#status = 0;
	/** Since a line was read: jumps, and what they had to look at. */
	#work = 0;
	#breaths = 0;

	constructor(script: Script, streams: Streams, options: ExecuteOptions) {
		this.#script = script;
		this.#streams = streams;
		this.#options = options;
		this.#addresses = new Addresses(script.instructions);
	}

	*run(input: Input): Generator<any, number | undefined, any> {
		this.#input = input;
		let keep = false;
		for (;;) {
			if (!keep && !this.#readLine()) return undefined;
			keep = false;
			const end: Next = yield* this.#cycle();
			if (end !== 'discard' && end !== 'restart' && end !== 'quit silently' && !this.#options.quiet) this.#print(this.#space);
			this.#flushAppended();
			if (end === 'quit' || end === 'quit silently') return this.#status;
			keep = end === 'restart';
			if (keep) yield* this.#breathe();
		}
	}

	*#cycle(): Generator<any, Next, any> {
		const {instructions} = this.#script;
		for (let at = 0; at < instructions.length; ) {
			const instruction = instructions[at]!;
			if (!this.#addresses.apply(instruction, this.#place)) {
				at = instruction.name === '{' ? instruction.jump : at + 1;
				continue;
			}

			const next: Next | undefined = yield* this.#do(instruction);
			bounded(this.#space.length, 'the pattern space', spaceMebibytes);
			bounded(this.#hold.length, 'the hold space', spaceMebibytes);
			if (next === undefined) at++;
			else if (typeof next !== 'number') return next;
			else {
				at = next;
				yield* this.#breathe();
			}
		}

		return 'cycle';
	}

	/** A script that goes round and round must neither hang the terminal nor a script. */
	*#breathe(): Generator<any, void, any> {
		this.#work += 1 + (this.#space.length >> 8);
		if (this.#work < (this.#breaths + 1) * workPerBreath) return;
		if (this.#options.unattended && this.#work > workUnattended) throw new LimitReached('sed did not end');
		this.#breaths++;
		yield {sleepMs: 1};
	}

	get #place(): Place {
		return {line: this.#input.number, last: this.#input.atEnd, matches: regex => this.#regex(regex).test(this.#space)};
	}

	#regex(regex: RegExp | undefined): RegExp {
		this.#lastRegex = regex ?? this.#lastRegex;
		if (!this.#lastRegex) throw new SedError('-e expression #1, char 0: no previous regular expression');
		this.#lastRegex.lastIndex = 0;
		return this.#lastRegex;
	}

	*#do(instruction: Instruction): Generator<any, Next | undefined, any> {
		const {name, text} = instruction;
		if (name === 's') yield* this.#substitute(instruction);
		else if (name === 'e') yield* this.#evaluate(text);
		else if (name === 'c') return this.#change(instruction);
		else if (name === 'q' || name === 'Q') {
			this.#status = instruction.number ?? 0;
			return name === 'q' ? 'quit' : 'quit silently';
		} else if (name === 'b' || name === 't' || name === 'T') return this.#branch(name, text);
		else if (name === 'n' || name === 'N') return this.#advance(name);
		else if (name === 'd') return 'discard';
		else if (name === 'D') return this.#deleteFirst();
		else this.#simple(instruction);
		return undefined;
	}

	#simple({name, text, number, table}: Instruction): void {
		const {end, width} = this.#options;
		const firstLine = () => this.#space.split(end, 1)[0]!;
		const deeds: Readonly<Record<string, () => void>> = {
			'=': () => this.#emit(`${this.#input.number}\n`),
			F: () => this.#emit(`${this.#input.name}\n`),
			a: () => this.#appended.push(() => text),
			i: () => this.#emit(text),
			g: () => (this.#space = this.#hold),
			G: () => (this.#space += end + this.#hold),
			h: () => (this.#hold = this.#space),
			H: () => (this.#hold += end + this.#space),
			x: () => ([this.#space, this.#hold] = [this.#hold, this.#space]),
			z: () => (this.#space = ''),
			l: () => this.#emit(`${visible(this.#space, number ?? width)}\n`),
			p: () => this.#print(this.#space),
			P: () => this.#print(firstLine()),
			r: () => this.#appended.push(() => this.#streams.read(text) ?? ''),
			R: () => this.#appended.push(() => this.#nextLineOf(text)),
			w: () => this.#write(text, this.#space),
			W: () => this.#write(text, firstLine()),
			y: () => (this.#space = [...this.#space].map(each => table!.get(each) ?? each).join('')),
		};
		deeds[name]?.();
	}

	*#substitute({substitution}: Instruction): Generator<any, void, any> {
		const {file, print, evaluate, regex} = substitution!;
		const changed = substitute(this.#space, substitution!, this.#regex(regex));
		if (changed === undefined) return;
		this.#replaced = true;
		this.#space = changed;
		if (evaluate) {
			const {stdout}: ExecResult = yield {exec: {line: this.#space}};
			this.#space = stdout.replace(/\n$/, '');
		}

		if (print) this.#print(this.#space);
		if (file !== undefined) this.#write(file, this.#space);
	}

	*#evaluate(command: string): Generator<any, void, any> {
		const {stdout}: ExecResult = yield {exec: {line: command === '' ? this.#space : command}};
		if (command === '') this.#space = stdout.replace(/\n$/, '');
		else this.#emit(stdout);
	}

	#change(instruction: Instruction): Next {
		if (!instruction.to || instruction.negated || !this.#addresses.isOpen(instruction)) this.#emit(instruction.text);
		return 'discard';
	}

	#branch(name: string, label: string): Next | undefined {
		const taken = name === 'b' || this.#replaced === (name === 't');
		if (name !== 'b') this.#replaced = false;
		if (!taken) return undefined;
		return label === '' ? 'cycle' : this.#script.labels.get(label)!;
	}

	/** The last line stays as it is: GNU prints it and ends. */
	#advance(name: 'n' | 'N'): Next | undefined {
		if (this.#input.atEnd) return 'quit';
		if (name === 'n' && !this.#options.quiet) this.#print(this.#space);
		this.#flushAppended();
		const before = this.#space;
		this.#load();
		if (name === 'N') this.#space = before + this.#options.end + this.#space;
		return undefined;
	}

	#deleteFirst(): Next {
		const cut = this.#space.indexOf(this.#options.end);
		if (cut < 0) return 'discard';
		this.#space = this.#space.slice(cut + 1);
		return 'restart';
	}

	#readLine(): boolean {
		this.#replaced = false;
		return this.#load();
	}

	#load(): boolean {
		const line = this.#input.next();
		if (!line) return false;
		this.#space = line.text;
		this.#unended = line.unended;
		[this.#work, this.#breaths] = [0, 0];
		return true;
	}

	#flushAppended(): void {
		for (const text of this.#appended.splice(0)) this.#emit(text());
	}

	#nextLineOf(file: string): string {
		const lines = (this.#streams.read(file) ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
		const at = this.#readLines.get(file) ?? 0;
		this.#readLines.set(file, at + 1);
		const line = lines[at];
		return line === undefined ? '' : `${line.replace(/\n$/, '')}\n`;
	}

	#write(file: string, text: string): void {
		if (file === '/dev/stdout') this.#print(text);
		else this.#streams.write(file, text + this.#options.end);
	}

	#print(text: string): void {
		this.#emit(text);
		if (this.#unended) this.#owed = true;
		else this.#streams.out(this.#options.end);
	}

	#emit(text: string): void {
		if (text === '') return;
		if (this.#owed) this.#streams.out(this.#options.end);
		this.#owed = false;
		this.#streams.out(text);
	}
}
