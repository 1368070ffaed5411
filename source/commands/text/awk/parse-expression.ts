import {regexProblem} from './regex.js';
import type {ArrayName, Expression, Target} from './syntax.js';
import {TokenReader} from './token-reader.js';

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']);
const comparisons = new Set(['<', '<=', '!=', '==', '>', '>=']);
/** Marks with which an operand of a joining can begin. */
const operandMarks = new Set(['$', '!', '(', '++', '--']);

export interface Context {
	/** Within `for (x in a)`: `in` is not the operator. */
	readonly noIn?: boolean;
	/** Behind `print`: `>` is a redirection. */
	readonly noGreater?: boolean;
}

/** Operators from the weakest to the strongest. Source: POSIX awk, gawk's awkgram.y. */
export class ExpressionParser extends TokenReader {
	/** Parameters of the function being read, by position. */
	protected parameters: readonly string[] = [];

	protected expression(context: Context = {}): Expression {
		const left = this.#choice(context);
		const {text, type} = this.token;
		if (type !== 'mark' || !assignments.has(text) || !isTarget(left)) return left;
		this.take();
		this.skipNewlines();
		const value = this.expression(context);
		return {type: 'assign', operator: text === '**=' ? '^' : text.slice(0, -1), target: left, value};
	}

	/** Expressions separated by commas, up to a closing mark that stays. */
	protected list(context: Context = {}): Expression[] {
		const items = [this.expression(context)];
		while (this.takeMark(',')) {
			this.skipNewlines();
			items.push(this.expression(context));
		}

		return items;
	}

	#choice(context: Context): Expression {
		const condition = this.#or(context);
		if (!this.takeMark('?')) return condition;
		this.skipNewlines();
		const yes = this.expression(context);
		this.skipNewlines();
		this.expectMark(':');
		this.skipNewlines();
		return {type: 'choose', condition, yes, no: this.expression(context)};
	}

	#or(context: Context): Expression {
		let left = this.#and(context);
		while (this.takeMark('||')) {
			this.skipNewlines();
			left = {type: 'or', left, right: this.#and(context)};
		}

		return left;
	}

	#and(context: Context): Expression {
		let left = this.#membership(context);
		while (this.takeMark('&&')) {
			this.skipNewlines();
			left = {type: 'and', left, right: this.#membership(context)};
		}

		return left;
	}

	#membership(context: Context): Expression {
		let left = this.#match(context);
		while (!context.noIn && this.isKeyword('in')) {
			this.take();
			left = {type: 'in', subscripts: [left], array: this.arrayName()};
		}

		return left;
	}

	#match(context: Context): Expression {
		let text = this.#comparison(context);
		while (this.isMark('~') || this.isMark('!~')) {
			const negated = this.take().text === '!~';
			text = {type: 'match', negated, text, regex: this.#comparison(context)};
		}

		return text;
	}

	#comparison(context: Context): Expression {
		let left = this.joined();
		for (;;) {
			const {type, text} = this.token;
			if (type !== 'mark') return left;
			if (text === '|' && this.next.text === 'getline' && this.next.type === 'keyword') {
				this.take();
				this.take();
				left = {type: 'getline', from: 'command', source: left, target: this.#getlineTarget()};
			} else if (comparisons.has(text) && !(text === '>' && context.noGreater)) {
				this.take();
				left = {type: 'compare', operator: text, left, right: this.joined()};
			} else return left;
		}
	}

	/** Texts side by side: also where output is redirected to. */
	protected joined(): Expression {
		let left = this.#sum();
		while (this.#startsOperand()) left = {type: 'join', left, right: this.#sum()};
		return left;
	}

	/** A sign never begins an operand here: it would have been taken as an operator. */
	#startsOperand(): boolean {
		const {type, text} = this.token;
		if (type === 'mark') return operandMarks.has(text);
		return type !== 'keyword' && type !== 'newline' && type !== 'end';
	}

	#sum(): Expression {
		let left = this.#product();
		while (this.isMark('+') || this.isMark('-')) {
			const operator = this.take().text;
			left = {type: 'arithmetic', operator, left, right: this.#product()};
		}

		return left;
	}

	#product(): Expression {
		let left = this.#unary();
		while (this.isMark('*') || this.isMark('/') || this.isMark('%')) {
			const operator = this.take().text;
			const right = this.#unary();
			this.#checkDivision(operator, left, right);
			left = {type: 'arithmetic', operator, left, right};
		}

		return left;
	}

	/** Constants are calculated when the program is read. */
	#checkDivision(operator: string, left: Expression, right: Expression): void {
		if (operator === '*' || left.type !== 'number' || right.type !== 'number' || right.value !== 0) return;
		throw this.error(`division by zero attempted${operator === '%' ? " in `%'" : ''}`);
	}

	#unary(): Expression {
		if (!this.isMark('!') && !this.isMark('-') && !this.isMark('+')) return this.#power();
		const operator = this.take().text as '!';
		return {type: 'unary', operator, of: this.#unary()};
	}

	#power(): Expression {
		const base = this.#postfix();
		if (!this.takeMark('^') && !this.takeMark('**')) return base;
		const signed = this.isMark('-') || this.isMark('+') || this.isMark('!');
		return {type: 'arithmetic', operator: '^', left: base, right: signed ? this.#unary() : this.#power()};
	}

	#postfix(): Expression {
		const target = this.#primary();
		if (!isTarget(target) || !(this.isMark('++') || this.isMark('--'))) return target;
		return {type: 'step', by: this.take().text === '++' ? 1 : -1, before: false, target};
	}

	#primary(): Expression {
		const {type, text} = this.token;
		if (type === 'number') return {type: 'number', value: numberFrom(this.take().text)};
		if (type === 'string') return {type: 'string', value: this.take().text};
		if (type === 'regex') return this.#regex();
		if (type === 'builtin') return this.#builtin();
		if (type === 'function name') return this.#call();
		if (type === 'name') return this.#target();
		if (type === 'keyword' && text === 'getline') return this.#getline();
		if (type !== 'mark') throw this.unexpected();
		if (text === '$') return this.#target();
		if (text === '(') return this.#group();
		if (text !== '++' && text !== '--') throw this.unexpected();
		this.take();
		return {type: 'step', by: text === '++' ? 1 : -1, before: true, target: this.#target()};
	}

	#regex(): Expression {
		const problem = regexProblem(this.token.text);
		if (problem) throw this.error(`${problem}: /${this.token.text}/`);
		return {type: 'regex', source: this.take().text};
	}

	#group(): Expression {
		this.take();
		this.skipNewlines();
		const items = this.list();
		this.skipNewlines();
		this.expectMark(')');
		if (items.length === 1) return {type: 'group', of: items[0]!};
		if (!this.isKeyword('in')) throw this.unexpected();
		this.take();
		return {type: 'in', subscripts: items, array: this.arrayName()};
	}

	#target(): Target {
		if (this.takeMark('$')) {
			const signed = this.isMark('-') || this.isMark('+') || this.isMark('!');
			return {type: 'field', index: signed ? this.#unary() : this.#primary()};
		}

		const name = this.arrayName();
		if (!this.takeMark('[')) return {type: 'variable', ...name};
		const subscripts = this.list();
		this.expectMark(']');
		return {type: 'element', array: name, subscripts};
	}

	protected arrayName(): ArrayName {
		if (this.token.type !== 'name') throw this.unexpected();
		const name = this.take().text;
		const slot = this.parameters.indexOf(name);
		return slot < 0 ? {name} : {name, slot};
	}

	protected get isTargetStart(): boolean {
		return this.token.type === 'name' || this.isMark('$');
	}

	#getlineTarget(): Target | undefined {
		return this.isTargetStart ? this.#target() : undefined;
	}

	#getline(): Expression {
		this.take();
		const target = this.#getlineTarget();
		if (!this.takeMark('<')) return {type: 'getline', target};
		return {type: 'getline', from: 'file', target, source: this.#postfix()};
	}

	/** `length` alone is the record's. */
	#builtin(): Expression {
		const name = this.take().text;
		if (name === 'length' && !this.isMark('(')) return {type: 'builtin', name, args: []};
		this.expectMark('(');
		const args = this.#arguments();
		const [least, most] = argumentCounts[name] ?? [0, Number.POSITIVE_INFINITY];
		if (args.length < least || args.length > most) throw this.fail(`${args.length} is invalid as number of arguments for ${name}`);
		return {type: 'builtin', name, args};
	}

	#call(): Expression {
		const name = this.take().text;
		this.expectMark('(');
		return {type: 'call', name, args: this.#arguments()};
	}

	#arguments(): Expression[] {
		this.skipNewlines();
		const args = this.isMark(')') ? [] : this.list();
		this.skipNewlines();
		this.expectMark(')');
		return args;
	}
}

const isTarget = (expression: Expression): expression is Target => ['variable', 'element', 'field'].includes(expression.type);

/** A leading zero means octal, in programs only. */
const numberFrom = (text: string): number => (/^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text));

/** How many arguments built-ins take; the others take any number. */
const argumentCounts: Readonly<{[name: string]: readonly [number, number]}> = {
	substr: [2, 3],
	index: [2, 2],
	split: [2, 4],
	sub: [2, 3],
	gsub: [2, 3],
	gensub: [3, 4],
	match: [2, 3],
	tolower: [1, 1],
	toupper: [1, 1],
	length: [0, 1],
	int: [1, 1],
	sqrt: [1, 1],
	exp: [1, 1],
	log: [1, 1],
	sin: [1, 1],
	cos: [1, 1],
	atan2: [2, 2],
	rand: [0, 0],
	srand: [0, 1],
	system: [1, 1],
	close: [1, 2],
	mktime: [1, 2],
	strftime: [0, 3],
	systime: [0, 0],
	strtonum: [1, 1],
};
