import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {bounded} from '../../../shell/run/stream.js';
import {formatNumber} from '../c-number.js';
import {AwkArray} from './array.js';
import {AwkFatal} from './errors.js';
import {plainFunctions, specialFunctions} from './functions.js';
import {Globals} from './globals.js';
import {type Cell, Memory} from './memory.js';
import {Generator63} from './random.js';
import type {ReadRecord, RecordReader} from './reader.js';
import {Record, type Separator} from './record.js';
import {Regexes} from './regex.js';
import type {Runtime} from './runtime.js';
import {Streams} from './streams.js';
import type {ArrayName, AwkFunction, Expression, Program, Target} from './syntax.js';
import {compare, fromOutside, isTrue, numberOf, textOf, type Value} from './values.js';

type Steps<T> = Generator<any, T, any>;
type Of<T extends Expression['type']> = Extract<Expression, {type: T}>;

/** The files that ARGV names, as expressions look at them. */
interface Input {
	readonly file: string | undefined;
	readonly fileNumber: number;
	next(): Steps<ReadRecord | undefined>;
	skipFile(): Steps<void>;
	onFile: (which: 'beginFile' | 'endFile') => Steps<void>;
}

/** Expressions of one program, and the memory they work on. */
export class Evaluator implements Runtime {
	readonly io: Io<Machine>;
	readonly program: Program;
	readonly memory = new Memory();
	readonly globals: Globals;
	readonly record: Record;
	readonly streams: Streams;
	readonly random = new Generator63();
	/** Set by who runs the rules. */
	input!: Input;
	runFunction!: (made: AwkFunction) => Steps<Value>;
	readonly #regexes = new Regexes();

	constructor(io: Io<Machine>, program: Program) {
		this.io = io;
		this.program = program;
		this.streams = new Streams(io);
		this.record = new Record(fields => fields.map(this.text).join(this.globals.text('OFS')));
		this.globals = new Globals(this.memory, this.record, source => this.#regexes.get(source, this.ignoresCase));
	}

	readonly text = (value: Value): string => textOf(value, number => this.#converted(number, 'CONVFMT'));

	/** What `print` writes. */
	readonly printed = (value: Value): string => textOf(value, number => this.#converted(number, 'OFMT'));

	get ignoresCase(): boolean {
		return isTrue(this.globals.get('IGNORECASE'));
	}

	warn = (message: string): void => {
		this.streams.flush();
		this.io.err(`${this.io.argv[0]}: ${this.place()}warning: ${message}\n`);
	};

	/** `cmd. line:1: (FILENAME=f FNR=2) `. Source: msg.c, err. */
	line = 0;
	place(): string {
		const {file, fileNumber} = this.input;
		const where = file === undefined || fileNumber === 0 ? '' : `(FILENAME=${file === '' ? '-' : file} FNR=${fileNumber}) `;
		return `${this.line > 0 ? `cmd. line:${this.line}: ` : ''}${where}`;
	}

	subscriptSeparator(): string {
		return this.globals.text('SUBSEP');
	}

	global(name: string, value: Value): void {
		this.globals.set(name, value);
	}

	#converted(value: number, name: 'CONVFMT' | 'OFMT'): string {
		const format = this.globals.raw(name);
		const found = /^%(?:\.(\d+))?([efgEFG])$/.exec(typeof format === 'string' ? format : '%.6g');
		if (found) return formatNumber(value, found[2]!, {flags: '', width: 0, precision: Number(found[1] ?? 6)});
		return this.text(plainFunctions.get('sprintf')!([format, value], this));
	}

	*evaluate(expression: Expression): Steps<Value> {
		switch (expression.type) {
			case 'number':
			case 'string':
				return expression.value;
			case 'regex':
				return this.#regexes.get(expression.source, this.ignoresCase).test(this.record.text) ? 1 : 0;
			case 'group':
				return yield* this.evaluate(expression.of);
			case 'variable':
			case 'element':
			case 'field':
				return yield* this.read(expression);
			case 'assign':
				return yield* this.#assignment(expression);
			case 'choose':
				return yield* this.evaluate(isTrue(yield* this.evaluate(expression.condition)) ? expression.yes : expression.no);
			case 'and':
				return isTrue(yield* this.evaluate(expression.left)) && isTrue(yield* this.evaluate(expression.right)) ? 1 : 0;
			case 'or':
				return isTrue(yield* this.evaluate(expression.left)) || isTrue(yield* this.evaluate(expression.right)) ? 1 : 0;
			case 'unary':
				return unary(expression.operator, yield* this.evaluate(expression.of));
			case 'arithmetic':
				return arithmetic(
					expression.operator,
					numberOf(yield* this.evaluate(expression.left)),
					numberOf(yield* this.evaluate(expression.right)),
				);
			case 'join':
				return yield* this.#joined(expression.left, expression.right);
			case 'compare':
				return yield* this.#comparison(expression);
			case 'match': {
				const text = this.text(yield* this.evaluate(expression.text));
				return (yield* this.regex(expression.regex)).test(text) === expression.negated ? 0 : 1;
			}

			case 'in':
				return this.memory.array(expression.array).elements.has(yield* this.subscript(expression.subscripts)) ? 1 : 0;
			case 'step':
				return yield* this.#step(expression);
			case 'builtin':
				return yield* this.#builtin(expression);
			case 'call':
				return yield* this.#call(expression);
			case 'getline':
				return yield* this.#getline(expression);
		}
	}

	*#joined(left: Expression, right: Expression): Steps<string> {
		const text = this.text(yield* this.evaluate(left)) + this.text(yield* this.evaluate(right));
		bounded(text.length, 'a text', 16);
		return text;
	}

	*#comparison({operator, left, right}: Of<'compare'>): Steps<Value> {
		const one = yield* this.evaluate(left);
		const order = compare(one, yield* this.evaluate(right), this.text);
		const held: Readonly<{[operator: string]: boolean}> = {
			'<': order < 0,
			'<=': order <= 0,
			'>': order > 0,
			'>=': order >= 0,
			'==': order === 0,
			'!=': order !== 0,
		};
		return held[operator] ? 1 : 0;
	}

	*read(target: Target): Steps<Value> {
		if (target.type === 'field') return this.record.field(yield* this.#fieldIndex(target.index));
		if (target.type === 'element') {
			const value = this.memory.array(target.array).get(yield* this.subscript(target.subscripts));
			if (value instanceof AwkArray) throw new AwkFatal(`attempt to use array \`${target.array.name}["..."]' in a scalar context`);
			return value;
		}

		if (target.slot === undefined) return this.globals.get(target.name);
		const {value} = this.memory.cell(target);
		if (value instanceof AwkArray) throw new AwkFatal(`attempt to use array \`${target.name}' in a scalar context`);
		return value;
	}

	*assign(target: Target, value: Value): Steps<void> {
		if (target.type === 'element') {
			this.memory.array(target.array).elements.set(yield* this.subscript(target.subscripts), value);
		} else if (target.type === 'field') {
			const index = yield* this.#fieldIndex(target.index);
			if (index === 0) this.setRecord(this.text(value));
			else this.record.setField(index, value);
		} else if (target.slot === undefined) this.globals.set(target.name, value);
		else this.memory.cell(target).value = value;
	}

	setRecord(text: string): void {
		this.record.set(text, this.globals.fieldSeparator());
	}

	*#fieldIndex(expression: Expression): Steps<number> {
		const index = Math.trunc(numberOf(yield* this.evaluate(expression)));
		if (index < 0) throw new AwkFatal(`attempt to access field ${index}`);
		if (index > 1_000_000) throw new AwkFatal(`attempt to access field ${index}`);
		return index;
	}

	*subscript(expressions: readonly Expression[]): Steps<string> {
		const parts: string[] = [];
		for (const each of expressions) parts.push(this.text(yield* this.evaluate(each)));
		return parts.length === 1 ? parts[0]! : parts.join(this.subscriptSeparator());
	}

	*#assignment({operator, target, value}: Of<'assign'>): Steps<Value> {
		const right = yield* this.evaluate(value);
		const next = operator === '' ? right : arithmetic(operator, numberOf(yield* this.read(target)), numberOf(right));
		yield* this.assign(target, next);
		return next;
	}

	*#step({target, by, before}: Of<'step'>): Steps<Value> {
		const old = numberOf(yield* this.read(target));
		yield* this.assign(target, old + by);
		return before ? old + by : old;
	}

	*regex(expression: Expression): Steps<RegExp> {
		if (expression.type === 'regex') return this.#regexes.get(expression.source, this.ignoresCase);
		return this.#regexes.get(this.text(yield* this.evaluate(expression)), this.ignoresCase);
	}

	*separator(expression: Expression | undefined): Steps<Separator> {
		if (!expression) return this.globals.fieldSeparator();
		if (expression.type === 'regex') return this.#regexes.get(expression.source, this.ignoresCase);
		return this.globals.separatorOf(this.text(yield* this.evaluate(expression)));
	}

	array(expression: Expression): AwkArray {
		if (expression.type === 'variable') return this.memory.array(expression);
		throw new AwkFatal('argument is not an array');
	}

	isArray(expression: Expression): boolean {
		return expression.type === 'variable' && this.memory.cell(expression).value instanceof AwkArray;
	}

	*#builtin({name, args}: Of<'builtin'>): Steps<Value> {
		const special = specialFunctions.get(name);
		if (special) return yield* special(args, this);
		const values: Value[] = [];
		for (const each of args) values.push(yield* this.evaluate(each));
		return plainFunctions.get(name)!(values, this);
	}

	*#call({name, args}: Of<'call'>): Steps<Value> {
		const made = this.program.functions.get(name);
		if (!made) throw new AwkFatal(`function \`${name}' not defined`);
		if (args.length > made.parameters.length) throw new AwkFatal(`function \`${name}' called with more arguments than declared`);
		const frame: Cell[] = [];
		for (const each of args) frame.push(yield* this.#argument(each));
		while (frame.length < made.parameters.length) frame.push({value: undefined});
		this.memory.enter(frame);
		try {
			return yield* this.runFunction(made);
		} finally {
			this.memory.leave();
		}
	}

	/** Arrays go by reference, values are copied. */
	*#argument(expression: Expression): Steps<Cell> {
		if (expression.type !== 'variable') return {value: yield* this.evaluate(expression)};
		if (expression.slot === undefined && this.globals.isSpecial(expression.name)) return {value: this.globals.get(expression.name)};
		const origin = this.memory.cell(expression as ArrayName);
		return origin.value === undefined ? {value: undefined, origin} : {value: origin.value};
	}

	*#getline({from, source, target}: Of<'getline'>): Steps<Value> {
		let read: ReadRecord | undefined;
		if (from === undefined) read = yield* this.input.next();
		else {
			const name = this.text(yield* this.evaluate(source!));
			const reader: RecordReader | undefined = from === 'file' ? this.streams.readerOf(name) : yield* this.streams.readerOfCommand(name);
			if (!reader) return -1;
			read = yield* reader.next(this.globals.recordSeparator());
		}

		if (!read) return 0;
		this.globals.set('RT', read.end);
		if (target) yield* this.assign(target, fromOutside(read.text));
		else this.setRecord(read.text);
		return 1;
	}
}

function unary(operator: '!' | '-' | '+', value: Value): Value {
	if (operator === '!') return isTrue(value) ? 0 : 1;
	return operator === '-' ? -numberOf(value) : numberOf(value);
}

function arithmetic(operator: string, left: number, right: number): number {
	if (operator === '+') return left + right;
	if (operator === '-') return left - right;
	if (operator === '*') return left * right;
	if (operator === '^') return left ** right;
	if (right === 0) throw new AwkFatal(operator === '/' ? 'division by zero attempted' : "division by zero attempted in `%'");
	return operator === '/' ? left / right : left % right;
}
