import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {compileRegex} from '../../shell/regex/regex.js';
import {RegexError} from '../../regex/regex-error.js';
import {refuse} from '../host/arguments.js';
import {isBusybox} from '../net-client/flavour.js';
import {type Compare, orderOf} from './collate.js';

class ExpressionError extends Error {}

const isInteger = (text: string): boolean => /^-?\d+$/.test(text);
/** Empty and zero are false. */
const isFalse = (text: string): boolean => /^-?0*$/.test(text) && text !== '-';

export default {
	name: 'expr',
	summary: 'evaluate an expression',
	*run(io) {
		const words = io.argv[1] === '--' ? io.argv.slice(2) : io.argv.slice(1);
		if (words.length === 0) return refuse(io, 'missing operand', 2);
		try {
			const value = new Expression(words, orderOf(io.env)).value();
			io.out(`${value}\n`);
			return isFalse(value) ? 1 : 0;
		} catch (error) {
			if (!(error instanceof ExpressionError || error instanceof RegexError)) throw error;
			io.err(`expr: ${isBusybox(io.machine, 'expr') ? error.message.replace(/^(syntax error).*/, '$1') : error.message}\n`);
			return 2;
		}
	},
} satisfies Command<Machine>;

const levels: ReadonlyArray<readonly string[]> = [
	['|'],
	['&'],
	['<', '<=', '=', '==', '!=', '>=', '>'],
	['+', '-'],
	['*', '/', '%'],
	[':'],
];

/** By precedence, each level from left to right. Models coreutils expr.c. */
class Expression {
	readonly #words: readonly string[];
	readonly #compare: Compare;
	#at = 0;

	constructor(words: readonly string[], compare: Compare) {
		this.#words = words;
		this.#compare = compare;
	}

	value(): string {
		const result = this.#level(0);
		const rest = this.#words[this.#at];
		if (rest !== undefined) throw new ExpressionError(`syntax error: unexpected argument ‘${rest}’`);
		return result;
	}

	#level(depth: number): string {
		const operators = levels[depth];
		if (!operators) return this.#term();
		let left = this.#level(depth + 1);
		for (let word = this.#words[this.#at]; word !== undefined && operators.includes(word); word = this.#words[this.#at]) {
			this.#at++;
			left = this.#apply(word, left, this.#level(depth + 1));
		}

		return left;
	}

	#next(): string {
		const word = this.#words[this.#at];
		if (word === undefined) throw new ExpressionError(`syntax error: missing argument after ‘${this.#words.at(-1)}’`);
		this.#at++;
		return word;
	}

	#term(): string {
		const word = this.#next();
		if (word === '+') return this.#next();
		if (word === '(') {
			const value = this.#level(0);
			const close = this.#words[this.#at];
			if (close === undefined) throw new ExpressionError(`syntax error: expecting ')' after ‘${this.#words[this.#at - 1]}’`);
			if (close !== ')') throw new ExpressionError(`syntax error: expecting ')' instead of ‘${close}’`);
			this.#at++;
			return value;
		}

		if (word === ')') throw new ExpressionError("syntax error: unexpected ')'");
		if (word === 'length') return String([...this.#term()].length);
		if (word === 'match') return match(this.#term(), this.#term());
		if (word === 'index') {
			const text = [...this.#term()];
			const wanted = this.#term();
			return String(text.findIndex(char => wanted.includes(char)) + 1);
		}

		if (word === 'substr') {
			const [text, from, length] = [[...this.#term()], this.#term(), this.#term()];
			if (!isInteger(from) || !isInteger(length) || Number(from) < 1 || Number(length) < 1) return '';
			return text.slice(Number(from) - 1, Number(from) - 1 + Number(length)).join('');
		}

		return word;
	}

	#apply(operator: string, left: string, right: string): string {
		if (operator === '|') return isFalse(left) ? (isFalse(right) ? '0' : right) : left;
		if (operator === '&') return isFalse(left) || isFalse(right) ? '0' : left;
		if (operator === ':') return match(left, right);
		if (levels[2]!.includes(operator)) {
			const order = isInteger(left) && isInteger(right) ? compareIntegers(left, right) : this.#compare(left, right);
			return truth(
				{'<': order < 0, '<=': order <= 0, '=': order === 0, '==': order === 0, '!=': order !== 0, '>=': order >= 0, '>': order > 0}[
					operator
				]!,
			);
		}

		if (!isInteger(left) || !isInteger(right)) throw new ExpressionError('non-integer argument');
		const [a, b] = [BigInt(left), BigInt(right)];
		if (operator === '+') return String(a + b);
		if (operator === '-') return String(a - b);
		if (operator === '*') return String(a * b);
		if (b === 0n) throw new ExpressionError('division by zero');
		return String(operator === '/' ? a / b : a % b);
	}
}

const truth = (value: boolean): string => (value ? '1' : '0');

function compareIntegers(a: string, b: string): number {
	const [x, y] = [BigInt(a), BigInt(b)];
	return x < y ? -1 : x > y ? 1 : 0;
}

/** Anchored at the beginning: what the first group caught, or how many characters matched. */
function match(text: string, pattern: string): string {
	const {regex, groups} = compileRegex(pattern);
	regex.lastIndex = 0;
	const found = regex.exec(text);
	const fits = found !== null && found.index === 0;
	if (groups > 0) return fits ? (found[1] ?? '') : '';
	return fits ? String([...found[0]].length) : '0';
}
