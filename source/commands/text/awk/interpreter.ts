import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {LimitReached} from '../../../shell/run/signals.js';
import {AwkFatal} from './errors.js';
import {Evaluator} from './evaluator.js';
import {formatText} from './format.js';
import {MainInput} from './main-input.js';
import type {AwkFunction, Program, Rule, Statement} from './syntax.js';
import {compare, isTrue, numberOf, type Value} from './values.js';

type Steps<T> = Generator<any, T, any>;
type Of<T extends Statement['type']> = Extract<Statement, {type: T}>;
/** How a statement ended, unless it just ended. */
type Outcome = 'break' | 'continue' | 'return' | undefined;

/** Leaves all statements at once. */
class Leave extends Error {
	readonly to: 'record' | 'file' | 'exit';

	constructor(to: 'record' | 'file' | 'exit') {
		super(to);
		this.to = to;
	}
}

/** Rounds of loops between two moments in which others may run, and how many a program has that nobody watches. */
const roundsPerBreath = 20_000;
const roundsUnattended = 5_000_000;

/** Runs a program. */
export class Interpreter {
	readonly evaluator: Evaluator;
	readonly #program: Program;
	readonly #inRange = new Set<Rule>();
	#returned: Value;
	#status = 0;
	#rounds = 0;

	constructor(io: Io<Machine>, program: Program) {
		this.#program = program;
		this.evaluator = new Evaluator(io, program);
		this.evaluator.input = new MainInput(this.evaluator);
		this.evaluator.input.onFile = which => this.#statements(program[which]);
		this.evaluator.runFunction = made => this.#function(made);
	}

	/** Its exit status. */
	*run(): Steps<number> {
		const {begin, end, rules, endFile} = this.#program;
		const {evaluator} = this;
		try {
			const leaving = yield* this.#until(() => this.#statements(begin));
			if (!leaving && (rules.length > 0 || end.length > 0 || endFile.length > 0)) yield* this.#records();
			// `exit` goes on with END; in END it is the end.
			yield* this.#until(() => this.#statements(end));
			yield* evaluator.streams.closeAll();
		} finally {
			evaluator.streams.flush();
		}

		return this.#status;
	}

	*#until(act: () => Steps<void>): Steps<boolean> {
		try {
			yield* act();
			return false;
		} catch (error) {
			if (!(error instanceof Leave) || error.to !== 'exit') throw error;
			return true;
		}
	}

	*#records(): Steps<void> {
		const {input} = this.evaluator;
		for (;;) {
			try {
				const record = yield* input.next();
				if (!record) return;
				this.evaluator.globals.set('RT', record.end);
				this.evaluator.setRecord(record.text);
				for (const rule of this.#program.rules) yield* this.#rule(rule);
			} catch (error) {
				if (!(error instanceof Leave)) throw error;
				if (error.to === 'exit') return;
				if (error.to === 'file') yield* input.skipFile();
			}
		}
	}

	*#rule(rule: Rule): Steps<void> {
		if (!(yield* this.#applies(rule))) return;
		if (rule.body) yield* this.#execute(rule.body);
		else this.evaluator.streams.out(this.evaluator.record.text + this.evaluator.globals.text('ORS'));
	}

	*#applies(rule: Rule): Steps<boolean> {
		const {from, to} = rule;
		if (!from) return true;
		const holds = (yield* this.evaluator.evaluate(from)) as Value;
		if (!to) return isTrue(holds);
		if (!this.#inRange.has(rule)) {
			if (!isTrue(holds)) return false;
			this.#inRange.add(rule);
		}

		if (isTrue(yield* this.evaluator.evaluate(to))) this.#inRange.delete(rule);
		return true;
	}

	*#statements(statements: readonly Statement[]): Steps<void> {
		for (const each of statements) yield* this.#execute(each);
	}

	*#function({body}: AwkFunction): Steps<Value> {
		yield* this.#breathe();
		this.#returned = undefined;
		const outcome: Outcome = yield* this.#execute(body);
		return outcome === 'return' ? this.#returned : undefined;
	}

	*#execute(statement: Statement): Steps<Outcome> {
		this.evaluator.line = statement.line;
		switch (statement.type) {
			case 'expression':
				yield* this.evaluator.evaluate(statement.expression);
				return undefined;
			case 'print':
			case 'printf':
				yield* this.#print(statement);
				return undefined;
			case 'block':
				for (const each of statement.body) {
					const outcome: Outcome = yield* this.#execute(each);
					if (outcome) return outcome;
				}

				return undefined;
			case 'if':
				if (isTrue(yield* this.evaluator.evaluate(statement.condition))) return yield* this.#execute(statement.then);
				return statement.otherwise ? yield* this.#execute(statement.otherwise) : undefined;
			case 'while':
			case 'do':
			case 'for':
				return yield* this.#loop(statement);
			case 'each':
				return yield* this.#each(statement);
			case 'switch':
				return yield* this.#switch(statement);
			case 'delete':
				yield* this.#delete(statement);
				return undefined;
			case 'break':
			case 'continue':
				return statement.type;
			case 'return':
				this.#returned = statement.value && (yield* this.evaluator.evaluate(statement.value));
				return 'return';
			case 'exit':
				if (statement.value) this.#status = Math.trunc(numberOf(yield* this.evaluator.evaluate(statement.value))) & 255;
				throw new Leave('exit');
			case 'next':
				throw new Leave('record');
			case 'nextfile':
				throw new Leave('file');
		}
	}

	*#loop(statement: Of<'while' | 'do' | 'for'>): Steps<Outcome> {
		const {condition, body, type} = statement;
		if (type === 'for' && statement.first) yield* this.#execute(statement.first);
		for (let round = 0; ; round++) {
			const tested = type !== 'do' || round > 0;
			if (tested && condition && !isTrue(yield* this.evaluator.evaluate(condition))) return undefined;
			const outcome: Outcome = yield* this.#execute(body);
			if (outcome === 'break') return undefined;
			if (outcome === 'return') return outcome;
			if (type === 'for' && statement.after) yield* this.#execute(statement.after);
			yield* this.#breathe();
		}
	}

	/** A program that never ends must neither hang the terminal nor a script. */
	*#breathe(): Steps<void> {
		if (++this.#rounds % roundsPerBreath !== 0) return;
		if (this.evaluator.io.unattended && this.#rounds > roundsUnattended) throw new LimitReached('awk did not end');
		this.evaluator.memory.flatten();
		yield {sleepMs: 1};
	}

	*#each({target, array, body}: Of<'each'>): Steps<Outcome> {
		for (const key of this.evaluator.memory.array(array).keys()) {
			yield* this.evaluator.assign(target, key);
			const outcome: Outcome = yield* this.#execute(body);
			if (outcome === 'break') return undefined;
			if (outcome === 'return') return outcome;
		}

		return undefined;
	}

	*#switch({value, cases}: Of<'switch'>): Steps<Outcome> {
		const {evaluator} = this;
		const wanted: Value = yield* evaluator.evaluate(value);
		let start = -1;
		for (const [index, each] of cases.entries()) {
			if (!each.value) continue;
			const held: boolean =
				each.value.type === 'regex'
					? (yield* evaluator.regex(each.value)).test(evaluator.text(wanted))
					: compare(wanted, yield* evaluator.evaluate(each.value), evaluator.text) === 0;
			if (!held) continue;
			start = index;
			break;
		}

		if (start < 0) start = cases.findIndex(each => !each.value);
		for (const {body} of start < 0 ? [] : cases.slice(start)) {
			for (const each of body) {
				const outcome: Outcome = yield* this.#execute(each);
				if (outcome === 'break') return undefined;
				if (outcome) return outcome;
			}
		}

		return undefined;
	}

	*#delete({array, subscripts}: Of<'delete'>): Steps<void> {
		const {elements} = this.evaluator.memory.array(array);
		if (subscripts) elements.delete(yield* this.evaluator.subscript(subscripts));
		else elements.clear();
	}

	*#print({type, args, into}: Of<'print' | 'printf'>): Steps<void> {
		const {evaluator} = this;
		const {globals, streams} = evaluator;
		const values: Value[] = [];
		for (const each of args) {
			if (evaluator.isArray(each)) throw new AwkFatal(`attempt to use array \`${(each as {name: string}).name}' in a scalar context`);
			values.push(yield* evaluator.evaluate(each));
		}

		let text: string;
		if (type === 'printf') {
			if (values.length === 0) throw new AwkFatal('printf: no arguments');
			text = formatText(evaluator.text(values[0]), values.slice(1), evaluator.text);
		} else {
			const printed = values.length === 0 ? evaluator.record.text : values.map(evaluator.printed).join(globals.text('OFS'));
			text = printed + globals.text('ORS');
		}

		if (into) streams.write(into.kind, evaluator.text(yield* evaluator.evaluate(into.to)), text);
		else streams.out(text);
	}
}

/** Fills an array of the program before it begins. */
export function fillArray({evaluator}: Interpreter, name: string, entries: ReadonlyArray<readonly [string, Value]>): void {
	const {elements} = evaluator.memory.array({name});
	for (const [key, value] of entries) elements.set(key, value);
}
