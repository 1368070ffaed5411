import {indexOf} from './operations.js';
import type {Interpreter, Scope} from './scope.js';
import type {Pattern} from './tree.js';
import {isList, JqError, typeOf, type Value} from './value.js';

/** One scope for each way in which the pattern fits. */
export function* bindings(interpreter: Interpreter, pattern: Pattern, value: Value, scope: Scope, input: Value): Generator<Scope> {
	if (pattern.kind === 'name') {
		yield {up: scope, name: `$${pattern.name}`, value};
		return;
	}

	if (pattern.kind === 'items') {
		if (value !== null && !isList(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`);
		yield* inTurn(
			pattern.items.map((each, index) => (outer: Scope) => bindings(interpreter, each, indexOf(value, index), outer, input)),
			scope,
		);
		return;
	}

	yield* inTurn(
		pattern.fields.map(
			({key, name, value: inner}) =>
				function* (outer: Scope): Generator<Scope> {
					for (const [text] of interpreter.run(key, outer, input, undefined)) {
						if (typeof text !== 'string') throw new JqError(`Cannot index ${typeOf(value)} with ${typeOf(text)}`);
						const found = indexOf(value, text);
						const named: Scope = name ? {up: outer, name: `$${name}`, value: found} : outer;
						if (inner) yield* bindings(interpreter, inner, found, named, input);
						else yield named;
					}
				},
		),
		scope,
	);
}

function* inTurn(steps: ReadonlyArray<(scope: Scope) => Generator<Scope>>, scope: Scope): Generator<Scope> {
	const [first, ...rest] = steps;
	if (!first) yield scope;
	else for (const each of first(scope)) yield* inTurn(rest, each);
}
