import {Remembered} from '../../sim/remembered.js';
import {bodyOf, type FieldError} from '../field-error.js';
import {isLabelValue, isQualifiedName} from './label-syntax.js';

/** Label selectors in text form. Models k8s.io/apimachinery/pkg/labels/selector.go: grammar, order and error texts. */
export type Operator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!';

export interface Requirement {
	readonly key: string;
	readonly operator: Operator;
	/** Sorted; each once, if they were read from text. */
	readonly values: readonly string[];
}

export type LabelSelector = readonly Requirement[];
type Labels = Readonly<Record<string, string>> | undefined;

const remembered = new Remembered<LabelSelector>(500);

/** Throws a plain `Error` with the parser's words. */
export const parseLabelSelector = (text: string): LabelSelector =>
	remembered.of(text, () => new Parser(text).parse().sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));

export const matchesLabels = (selector: LabelSelector, labels: Labels): boolean =>
	selector.every(requirement => matches(requirement, labels ?? {}));

export const printLabelSelector = (selector: LabelSelector): string => selector.map(printRequirement).join(',');

/** `spec.selector` of workloads: metav1.LabelSelector. An empty selector selects everything, an absent one nothing. */
export function fromLabelSelector(
	selector: {matchLabels?: Record<string, string>; matchExpressions?: any[]} | undefined | null,
): LabelSelector | undefined {
	if (!selector) return undefined;
	const exact = Object.entries(selector.matchLabels ?? {}).map(([key, value]): Requirement => ({key, operator: '=', values: [value]}));
	const operators: Record<string, Operator> = {In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!'};
	const expressions = (selector.matchExpressions ?? []).map(
		({key, operator, values}): Requirement => ({
			key,
			operator: operators[operator] ?? 'in',
			values: [...(values ?? [])].sort(),
		}),
	);
	return [...exact, ...expressions].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** A plain map as a selector, as in Services and ReplicationControllers. */
export const fromMap = (map: Record<string, string> | undefined): LabelSelector =>
	Object.keys(map ?? {})
		.sort()
		.map(key => ({key, operator: '=', values: [map![key]!]}));

function matches({key, operator, values}: Requirement, labels: Record<string, string>): boolean {
	const has = Object.hasOwn(labels, key);
	switch (operator) {
		case 'in':
		case '=':
		case '==':
			return has && values.includes(labels[key]!);
		case 'notin':
		case '!=':
			return !has || !values.includes(labels[key]!);
		case 'exists':
			return has;
		case '!':
			return !has;
		default: {
			if (!has || !isInt64(labels[key]!)) return false;
			const left = BigInt(labels[key]!);
			const right = BigInt(values[0]!);
			return operator === 'gt' ? left > right : left < right;
		}
	}
}

function printRequirement({key, operator, values}: Requirement): string {
	if (operator === '!') return `!${key}`;
	if (operator === 'exists') return key;
	if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${values.join(',')})`;
	return `${key}${operator === 'gt' ? '>' : operator === 'lt' ? '<' : operator}${values[0] ?? ''}`;
}

function isInt64(text: string): boolean {
	if (!/^[+-]?\d+$/.test(text)) return false;
	const value = BigInt(text.replace('+', ''));
	return value >= -(2n ** 63n) && value < 2n ** 63n;
}

type Token = {
	type: 'end' | 'error' | 'identifier' | ')' | ',' | '!' | '==' | '=' | 'gt' | 'in' | 'lt' | '!=' | 'notin' | '(';
	text: string;
};
const symbols: Record<string, Token['type']> = {
	')': ')',
	',': ',',
	'!': '!',
	'==': '==',
	'=': '=',
	'>': 'gt',
	'<': 'lt',
	'!=': '!=',
	'(': '(',
};
const isSpace = (char: string) => char === ' ' || char === '\t' || char === '\r' || char === '\n';
const isSymbol = (char: string) => '=!(),><'.includes(char);

function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	for (;;) {
		while (at < text.length && isSpace(text[at]!)) at++;
		if (at >= text.length) return [...tokens, {type: 'end', text: ''}];
		if (isSymbol(text[at]!)) {
			const two = text.slice(at, at + 2);
			const symbol = symbols[two] ? two : text[at]!;
			tokens.push({type: symbols[symbol]!, text: symbol});
			at += symbol.length;
			continue;
		}

		const from = at;
		while (at < text.length && !isSpace(text[at]!) && !isSymbol(text[at]!)) at++;
		const word = text.slice(from, at);
		tokens.push({type: word === 'in' || word === 'notin' ? word : 'identifier', text: word});
	}
}

class Parser {
	readonly #tokens: Token[];
	#at = 0;

	constructor(text: string) {
		this.#tokens = tokenize(text);
	}

	parse(): Requirement[] {
		const requirements: Requirement[] = [];
		for (;;) {
			const token = this.#look();
			if (token.type === 'end') return requirements;
			if (token.type !== 'identifier' && token.type !== '!')
				throw new Error(`found '${token.text}', expected: !, identifier, or 'end of string'`);
			try {
				requirements.push(this.#requirement());
			} catch (error) {
				throw new Error(`unable to parse requirement: ${(error as Error).message}`);
			}

			const next = this.#take();
			if (next.type === 'end') return requirements;
			if (next.type !== ',') throw new Error(`found '${next.text}', expected: ',' or 'end of string'`);
			const after = this.#look();
			if (after.type !== 'identifier' && after.type !== '!') throw new Error(`found '${after.text}', expected: identifier after ','`);
		}
	}

	/** Where a value may stand, `in` and `notin` are ordinary words. */
	#look(): Token {
		const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]!;
		return token.type === 'in' || token.type === 'notin' ? {type: 'identifier', text: token.text} : token;
	}

	#take(): Token {
		const token = this.#look();
		this.#at++;
		return token;
	}

	#requirement(): Requirement {
		let token = this.#take();
		const negated = token.type === '!';
		if (negated) token = this.#take();
		if (token.type !== 'identifier') throw new Error(`found '${token.text}', expected: identifier`);
		const key = token.text;
		check(isQualifiedName(key), '', key);
		const next = this.#look();
		if (negated) return {key, operator: '!', values: []};
		if (next.type === 'end' || next.type === ',') return {key, operator: 'exists', values: []};
		const operator = this.#operator();
		const values = operator === 'in' || operator === 'notin' ? this.#values() : [this.#exactValue()];
		return requirement(key, operator, [...new Set(values)].sort());
	}

	#operator(): Operator {
		const token = this.#tokens[Math.min(this.#at++, this.#tokens.length - 1)]!;
		if (['in', 'notin', '=', '==', '!=', 'gt', 'lt'].includes(token.type)) return token.type as Operator;
		throw new Error(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
	}

	#values(): string[] {
		const open = this.#take();
		if (open.type !== '(') throw new Error(`found '${open.text}' expected: '('`);
		const first = this.#look();
		if (first.type === ')') {
			this.#take();
			return [''];
		}

		if (first.type !== 'identifier' && first.type !== ',') throw new Error(`found '${first.text}', expected: ',', ')' or identifier`);
		const values = this.#identifiers();
		this.#take();
		return values;
	}

	#identifiers(): string[] {
		const values: string[] = [];
		for (;;) {
			const token = this.#take();
			const next = this.#look();
			if (token.type === 'identifier') {
				values.push(token.text);
				if (next.type === ')') return values;
				if (next.type !== ',') throw new Error(`found '${next.text}', expected: ',' or ')'`);
			} else if (token.type === ',') {
				if (values.length === 0) values.push('');
				if (next.type === ')') return [...values, ''];
				if (next.type === ',') {
					this.#take();
					values.push('');
				}
			} else {
				throw new Error(`found '${token.text}', expected: ',', or identifier`);
			}
		}
	}

	#exactValue(): string {
		const next = this.#look();
		if (next.type === 'end' || next.type === ',') return '';
		const token = this.#take();
		if (token.type !== 'identifier') throw new Error(`found '${token.text}', expected: identifier`);
		return token.text;
	}
}

function requirement(key: string, operator: Operator, values: string[]): Requirement {
	if ((operator === 'in' || operator === 'notin') && values.length === 0) {
		const error: FieldError = {
			type: 'Invalid',
			field: 'values',
			value: [],
			detail: "for 'in', 'notin' operators, values set can't be empty",
		};
		throw new Error(`${error.field}: ${bodyOf(error)}`);
	}

	for (const [index, value] of values.entries()) {
		if ((operator === 'gt' || operator === 'lt') && !isInt64(value)) {
			const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
			throw new Error(`values[${index}]: ${bodyOf({type: 'Invalid', field: '', value, detail})}`);
		}

		check(isLabelValue(value), `values[${index}][${key}]`, value);
	}

	return {key, operator, values};
}

function check(problems: string[], field: string, value: string): void {
	if (problems.length > 0) throw new Error(`${field || '<nil>'}: ${bodyOf({type: 'Invalid', field, value, detail: problems.join('; ')})}`);
}
