export type Predicate<T> = (subject: T) => boolean;

/** What is left of the words while an expression is read. */
export interface Cursor {
	/** The next word, or one further on. */
	peek(further?: number): string | undefined;
	take(): string | undefined;
}

export interface Grammar<T> {
	/** Reads one term that begins with `word`; undefined when it is not understood. */
	term(word: string | undefined, cursor: Cursor, again: () => Predicate<T> | undefined): Predicate<T> | undefined;
	/** Two terms side by side are both wanted, without `and`. */
	readonly implicitAnd?: boolean;
}

const isOr = (word: string | undefined) => word === 'or' || word === '||';
const isAnd = (word: string | undefined) => word === 'and' || word === '&&';

/** Terms with `and`, `or`, `not` and parentheses, as ss and tcpdump take them. Undefined when anything is not understood; no words hold for all. */
export function readExpression<T>(words: readonly string[], grammar: Grammar<T>): Predicate<T> | undefined {
	const tokens = words
		.join(' ')
		.replace(/([()])/g, ' $1 ')
		.trim()
		.split(/\s+/)
		.filter(Boolean);
	let at = 0;
	const cursor: Cursor = {peek: (further = 0) => tokens[at + further], take: () => tokens[at++]};
	const either = (): Predicate<T> | undefined => {
		let left = both();
		while (left && isOr(cursor.peek())) {
			at++;
			left = combine(left, both(), (one, other) => subject => one(subject) || other(subject));
		}
		return left;
	};
	const goesOn = () => isAnd(cursor.peek()) || (grammar.implicitAnd && at < tokens.length && !isOr(cursor.peek()) && cursor.peek() !== ')');
	const both = (): Predicate<T> | undefined => {
		let left = single();
		while (left && goesOn()) {
			if (isAnd(cursor.peek())) at++;
			left = combine(left, single(), (one, other) => subject => one(subject) && other(subject));
		}
		return left;
	};
	const single = (): Predicate<T> | undefined => {
		const word = cursor.take();
		if (word === '(') {
			const inner = either();
			return cursor.take() === ')' ? inner : undefined;
		}
		if (word === 'not' || word === '!') {
			const inner = single();
			return inner && (subject => !inner(subject));
		}
		return grammar.term(word, cursor, single);
	};
	const whole = tokens.length === 0 ? () => true : either();
	return at >= tokens.length ? whole : undefined;
}

type Combine<T> = (one: Predicate<T>, other: Predicate<T>) => Predicate<T>;

const combine = <T>(one: Predicate<T>, other: Predicate<T> | undefined, how: Combine<T>): Predicate<T> | undefined =>
	other && how(one, other);
