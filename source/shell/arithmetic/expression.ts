import {readNumber} from './number.js';
import {levels, operations, power, wrap} from './operators.js';

/** What an expression reads and writes: variables, and elements by their key. */
export interface Names {
	get(name: string, key: string | undefined): string | undefined;
	set(name: string, key: string | undefined, value: bigint): void;
	/** What a subscript stands for; asked once for each time that it is written. */
	key(name: string, subscript: string): string;
}

/** In the words of bash: the expression, what is wrong, and where. */
export class ArithmeticError extends Error {}

/** The value of a text whose `$` expansions are done. Models bash's expr.c, its order of reading included: the error token tells of it. */
export function evaluate(text: string, names: Names): bigint {
	try {
		return textValue(text, names, 0);
	} catch (error) {
		// Thousands of parentheses or signs: the stack has its end here as there.
		if (error instanceof RangeError) throw new ArithmeticError(told(text, 'expression recursion level exceeded', text));
		throw error;
	}
}

const told = (text: string, message: string, token: string) => `${text.trimStart()}: ${message} (error token is "${token}")`;

/** Variables that hold names of variables. bash's own limit is 1024. */
const depthMax = 300;
const number = /^[ \t\n\r]*(-?)(0|[1-9]\d{0,17})[ \t\n\r]*$/;

function textValue(text: string, names: Names, depth: number): bigint {
	const plain = number.exec(text);
	return plain ? BigInt(plain[1]! + plain[2]!) : new Expression(text, names, depth).value();
}

interface Place {
	readonly name: string;
	readonly subscript: string | undefined;
	/** Of the subscript, when it has been asked for. */
	key?: string;
}

type Step = '++' | '--';
const assignable = ['*=', '/=', '%=', '+=', '-=', '&=', '^=', '|=', '<<=', '>>='];
/** Longest first. `++` and `--` need a look at what surrounds them. */
const operators = [...assignable, '==', '!=', '>=', '<=', '<<', '>>', '&&', '||', '**', ...'=><+-*/%!()&|^~?:,'].sort(
	(a, b) => b.length - a.length,
);

class Expression {
	readonly #text: string;
	readonly #names: Names;
	readonly #depth: number;
	/** Behind the token, and where it begins. */
	#at = 0;
	#begin = 0;
	/** '' at the end, `number`, `name`, `++name` before and `name++` behind a name, or the operator. */
	#token = '';
	#last = '';
	#value = 0n;
	#place: Place = {name: '', subscript: undefined};
	/** Of what is skipped (`0 && x=1`) nothing is read or written. */
	#idle = 0;

	constructor(text: string, names: Names, depth: number) {
		this.#text = text;
		this.#names = names;
		this.#depth = depth;
	}

	value(): bigint {
		if (this.#text.trim() === '') return 0n;
		this.#next();
		const value = this.#comma();
		if (this.#token !== '') this.#fail('syntax error in expression');
		return value;
	}

	#comma(): bigint {
		let value = this.#assignment();
		while (this.#token === ',') {
			this.#next();
			value = this.#assignment();
		}

		return value;
	}

	#assignment(): bigint {
		const old = this.#condition();
		const operator = this.#token;
		if (operator !== '=' && !assignable.includes(operator)) return old;
		if (this.#last !== 'name') this.#fail('attempted assignment to non-variable');
		const place = this.#place;
		this.#next();
		const right = this.#assignment();
		const value = operator === '=' ? right : this.#apply(operator.slice(0, -1), old, right, this.#begin);
		this.#write(place, value);
		return value;
	}

	#condition(): bigint {
		const chosen = this.#either();
		if (this.#token !== '?') return chosen;
		const yes = this.#skipping(chosen === 0n, () => {
			this.#next();
			if (this.#token === '' || this.#token === ':') this.#fail('expression expected');
			return this.#comma();
		});
		if (!this.#is(':')) this.#fail("`:' expected for conditional expression");
		const no = this.#skipping(chosen !== 0n, () => {
			this.#next();
			if (this.#token === '') this.#fail('expression expected');
			return this.#condition();
		});
		this.#last = '?';
		return chosen === 0n ? no : yes;
	}

	#either(): bigint {
		let value = this.#both();
		while (this.#token === '||') {
			const right = this.#skipping(value !== 0n, () => this.#behind(() => this.#both()));
			value = value !== 0n || right !== 0n ? 1n : 0n;
			this.#last = '||';
		}

		return value;
	}

	#both(): bigint {
		let value = this.#binary(0);
		while (this.#token === '&&') {
			const right = this.#skipping(value === 0n, () => this.#behind(() => this.#binary(0)));
			value = value !== 0n && right !== 0n ? 1n : 0n;
			this.#last = '&&';
		}

		return value;
	}

	#binary(level: number): bigint {
		const here = levels[level];
		if (!here) return this.#power();
		let value = this.#binary(level + 1);
		while (Object.hasOwn(here, this.#token)) {
			const operator = this.#token;
			const rightAt = this.#at;
			this.#next();
			value = this.#apply(operator, value, this.#binary(level + 1), rightAt);
			this.#last = 'number';
		}

		return value;
	}

	#apply(operator: string, left: bigint, right: bigint, rightAt: number): bigint {
		if ((operator === '/' || operator === '%') && right === 0n) {
			if (this.#idle > 0) return left;
			this.#begin = rightAt + /^\s*/.exec(this.#text.slice(rightAt))![0].length;
			this.#fail('division by 0');
		}

		return operations.get(operator)!(left, right);
	}

	#power(): bigint {
		let value = this.#unary();
		while (this.#token === '**') {
			this.#next();
			const exponent = this.#power();
			this.#last = 'number';
			if (exponent < 0n) this.#fail('exponent less than 0');
			value = power(value, exponent);
		}

		return value;
	}

	#unary(): bigint {
		const operator = this.#token;
		if (operator !== '-' && operator !== '+' && operator !== '!' && operator !== '~') return this.#operand();
		this.#next();
		const value = this.#unary();
		this.#last = 'number';
		if (operator === '-') return wrap(-value);
		if (operator === '!') return value === 0n ? 1n : 0n;
		return operator === '~' ? ~value : value;
	}

	#operand(): bigint {
		const token = this.#token;
		let value = this.#value;
		if (token === '++name' || token === '--name') {
			this.#next();
			if (this.#token !== 'name') this.#fail('identifier expected after pre-increment or pre-decrement');
			value = this.#step(token.slice(0, 2) as Step);
			this.#token = 'number';
		} else if (token === '(') {
			this.#next();
			value = this.#comma();
			if (this.#token !== ')') this.#fail("missing `)'");
		} else if (token === 'name') {
			const step = /^\s*(\+\+|--)/.exec(this.#text.slice(this.#at, this.#at + 100));
			if (step) {
				this.#at += step[0].length;
				this.#begin = this.#at - 2;
				this.#step(step[1] as Step);
				this.#token = 'number';
			}
		} else if (token !== 'number') this.#fail('syntax error: operand expected');
		this.#next();
		return value;
	}

	/** The variable of this token, one more or less. */
	#step(step: Step): bigint {
		const value = wrap(step === '++' ? this.#value + 1n : this.#value - 1n);
		this.#write(this.#place, value);
		return value;
	}

	#write(place: Place, value: bigint) {
		if (this.#idle === 0) this.#names.set(place.name, this.#key(place), value);
	}

	/** `a[i++] += 1` counts once; `a[i++] = i` only after the right side. */
	#key(place: Place): string | undefined {
		if (place.subscript !== undefined) place.key ??= this.#names.key(place.name, place.subscript);
		return place.key;
	}

	#behind(read: () => bigint): bigint {
		this.#next();
		return read();
	}

	#is(token: string): boolean {
		return this.#token === token;
	}

	#skipping<T>(idle: boolean, run: () => T): T {
		if (idle) this.#idle++;
		const result = run();
		if (idle) this.#idle--;
		return result;
	}

	#fail(message: string, end?: number): never {
		const text = this.#text.slice(0, end);
		throw new ArithmeticError(told(text, message, text.slice(this.#begin)));
	}

	#next() {
		const text = this.#text;
		while (' \t\n\r'.includes(text[this.#at] ?? '.')) this.#at++;
		const first = text[this.#at];
		const before = this.#token;
		if (first !== undefined) this.#begin = this.#at;
		if (first === undefined) this.#token = '';
		else if (/[A-Za-z_]/.test(first)) this.#name(before);
		else if (/\d/.test(first)) this.#number();
		else this.#operator(before);
		this.#last = before;
	}

	#name(before: string) {
		const name = /\w+/y;
		name.lastIndex = this.#at;
		const [word] = name.exec(this.#text)!;
		this.#at += word.length;
		let subscript: string | undefined;
		if (this.#text[this.#at] === '[') {
			const end = closing(this.#text, this.#at);
			if (end < 0) this.#fail('bad array subscript', this.#text.length);
			subscript = this.#text.slice(this.#at + 1, end);
			this.#at = end + 1;
		}

		this.#token = 'name';
		this.#value = 0n;
		if (this.#idle > 0) return;
		this.#place = {name: word, subscript};
		// What is about to be written need not be anything yet.
		if (/^(?:\+\+|--)name$/.test(before) || !/^\s*=(?!=)/.test(this.#text.slice(this.#at, this.#at + 100))) this.#value = this.#read();
	}

	#read(): bigint {
		const text = this.#names.get(this.#place.name, this.#key(this.#place));
		if (!text) return 0n;
		if (this.#depth >= depthMax) this.#fail('expression recursion level exceeded');
		return textValue(text, this.#names, this.#depth + 1);
	}

	#number() {
		const digits = /[\w#@]+/y;
		digits.lastIndex = this.#at;
		const [text] = digits.exec(this.#text)!;
		const value = readNumber(text);
		this.#at += text.length;
		if (typeof value === 'string') this.#fail(value, this.#at);
		this.#value = value;
		this.#token = 'number';
	}

	#operator(before: string) {
		const rest = this.#text.slice(this.#at, this.#at + 3);
		const twice = rest.startsWith('++') || rest.startsWith('--') ? (rest.slice(0, 2) as Step) : undefined;
		if (twice && before === 'number' && /^(?:\+\+|--)name$/.test(this.#last)) this.#fail(`${twice}: assignment requires lvalue`);
		const prefixes = twice && /^\s*[A-Za-z_]/.test(this.#text.slice(this.#at + 2, this.#at + 100));
		const operator = prefixes ? twice : twice ? twice[0] : operators.find(each => rest.startsWith(each));
		if (operator === undefined) {
			const wanted = before === 'number' || before === 'name' ? 'invalid arithmetic operator' : 'operand expected';
			this.#fail(`syntax error: ${wanted}`);
		}

		this.#at += operator.length;
		this.#token = prefixes ? `${twice}name` : operator;
	}
}

/** Of the bracket at `open`; quotes and brackets within count. */
function closing(text: string, open: number): number {
	let depth = 0;
	for (let at = open; at < text.length; at++) {
		const character = text[at]!;
		if (character === '\\') at++;
		else if (character === '[') depth++;
		else if (character === ']' && --depth === 0) return at;
	}

	return -1;
}
