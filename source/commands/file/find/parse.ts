import {actions} from './actions.js';
import {ExpressionError, type Options, type Test} from './entry.js';
import {tests} from './tests.js';
import type {Words} from './predicate.js';

const always = (value: boolean): Test =>
	function* () {
		return value;
	};

const settings: Readonly<Record<string, (words: Words, options: Options, name: string) => void>> = {
	'-maxdepth': (words, options, name) => (options.maxDepth = wholeNumber(words.next(name), name)),
	'-mindepth': (words, options, name) => (options.minDepth = wholeNumber(words.next(name), name)),
	'-depth': (_, options) => (options.depthFirst = true),
	'-d': (_, options) => (options.depthFirst = true),
	'-follow': (_, options) => (options.follow = true),
	'-regextype': (words, options, name) => (options.regexType = words.next(name)),
	'-xdev': () => {},
	'-mount': () => {},
	'-noleaf': () => {},
	'-daystart': () => {},
	'-warn': () => {},
	'-nowarn': () => {},
};

function wholeNumber(text: string, name: string): number {
	if (!/^\d+$/.test(text)) throw new ExpressionError(`Expected a positive decimal integer argument to ${name}, but got ‘${text}’`);
	return Number(text);
}

/** `or` binds less than `and`, which need not be written; `!` binds most. */
export function parseExpression(given: readonly string[], options: Options, unknown: (word: string) => string): Test {
	let at = 0;
	const missing = (of: string) => new ExpressionError(`missing argument to \`${of}'`);
	const words: Words = {
		next(of) {
			const word = given[at++];
			if (word === undefined) throw missing(of);
			return word;
		},
		until(of, ends) {
			const from = at;
			// `+` ends only after `{}`.
			while (at < given.length && !(ends.includes(given[at]!) && (given[at] !== '+' || given[at - 1] === '{}'))) at++;
			const end = given[at];
			if (end === undefined) throw missing(of);
			return {words: given.slice(from, at++), end};
		},
	};

	const either = (): Test => {
		let left = both();
		while (given[at] === '-o' || given[at] === '-or') {
			at++;
			const [first, second] = [left, both()];
			left = function* (entry, walk) {
				return (yield* first(entry, walk)) || (yield* second(entry, walk));
			};
		}

		return left;
	};

	const both = (): Test => {
		let left = single();
		for (;;) {
			if (given[at] === '-a' || given[at] === '-and') at++;
			else if (at >= given.length || ['-o', '-or', ')', ','].includes(given[at]!)) return left;
			const [first, second] = [left, single()];
			left = function* (entry, walk) {
				return (yield* first(entry, walk)) && (yield* second(entry, walk));
			};
		}
	};

	const single = (): Test => {
		const word = given[at++];
		if (word === undefined) throw new ExpressionError('expected an expression');
		if (word === '!' || word === '-not') {
			const inner = single();
			return function* (entry, walk) {
				return !(yield* inner(entry, walk));
			};
		}

		if (word === '(') {
			const inner = either();
			if (given[at++] !== ')')
				throw new ExpressionError(
					"invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('",
				);
			return inner;
		}

		return predicate(word);
	};

	const predicate = (word: string): Test => {
		const setting = Object.hasOwn(settings, word) ? settings[word] : undefined;
		if (setting) {
			setting(words, options, word);
			return always(true);
		}

		const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
		if (action) {
			if (word !== '-prune') options.acts = true;
			return action(words, options, word);
		}

		const test = Object.hasOwn(tests, word) ? tests[word] : undefined;
		if (!test) throw new ExpressionError(unknown(word));
		return test(words, options, word);
	};

	if (given.length === 0) return always(true);
	const whole = either();
	if (at < given.length) throw new ExpressionError(given[at] === ')' ? "you have too many ')'" : unknown(given[at]!));
	return whole;
}
