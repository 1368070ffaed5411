import {short} from '../halt.js';
import {indexOf, iterate, slice} from '../operations.js';
import type {Interpreter, Place, Scope} from '../scope.js';
import type {Node} from '../tree.js';
import {JqError, type Value} from '../value.js';
import type {Evaluators} from './evaluator.js';

/** What looks into a value: its results lie somewhere in the input. */
export const reaching: Evaluators<'identity' | 'recurse' | 'index' | 'slice' | 'iterate'> = {
	*identity(_interpreter, _node, _scope, value, place) {
		yield [value, place];
	},
	recurse: ({descend}, _node, _scope, value, place) => descend(value, place),
	*index({run}, node, scope, value, place) {
		for (const [of, at] of run(node.of, scope, value, place))
			for (const [key] of run(node.key, scope, value, undefined)) yield [indexOf(of, key), within(at, key, of)];
	},
	*slice(interpreter, node, scope, value, place) {
		for (const [of, at] of interpreter.run(node.of, scope, value, place))
			for (const to of optional(interpreter, node.to, scope, value))
				for (const from of optional(interpreter, node.from, scope, value)) {
					const span = new Map<string, Value>([
						['start', from],
						['end', to],
					]);
					yield [slice(of, from, to), within(at, span, of)];
				}
	},
	*iterate({run}, node, scope, value, place) {
		for (const [of, at] of run(node.of, scope, value, place)) for (const [key, each] of iterate(of)) yield [each, within(at, key, of)];
	},
};

/** One place further down. */
export function within(place: Place, key: Value, of: Value): Place {
	if (place !== null) return place && [...place, key];
	throw new JqError(`Invalid path expression with result ${short(of)}`);
}

function* optional({run}: Interpreter, node: Node | undefined, scope: Scope, value: Value): Generator<Value> {
	if (!node) yield null;
	else for (const [each] of run(node, scope, value, undefined)) yield each;
}
