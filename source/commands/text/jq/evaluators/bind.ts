import {bindings} from '../bindings.js';
import {namesIn} from '../names.js';
import {Break, find, type Interpreter, type Out, type Place, type Scope} from '../scope.js';
import type {NodeOf} from '../tree.js';
import {JqError, type Value} from '../value.js';
import {call} from './call.js';
import type {Evaluators} from './evaluator.js';

/** What gives names to values and to programs, and what uses them. */
export const binding: Evaluators<'reduce' | 'foreach' | 'as' | 'def' | 'label' | 'break' | 'call'> = {
	*reduce(interpreter, node, scope, value, place) {
		for (const start of interpreter.run(node.start, scope, value, place)) {
			let state = start;
			for (const inner of rounds(interpreter, node, scope, value)) {
				let last: readonly [Value, Place] = [null, place === undefined ? undefined : null];
				for (const result of interpreter.run(node.step, inner, state[0], state[1])) last = result;
				state = last;
			}

			yield state;
		}
	},
	*foreach(interpreter, node, scope, value, place) {
		for (const start of interpreter.run(node.start, scope, value, place)) {
			let state = start;
			for (const inner of rounds(interpreter, node, scope, value))
				for (const result of interpreter.run(node.step, inner, state[0], state[1])) {
					state = result;
					if (node.show) yield* interpreter.run(node.show, inner, result[0], result[1]);
					else yield result;
				}
		}
	},
	*as(interpreter, node, scope, value, place) {
		for (const [each] of interpreter.run(node.source, scope, value, undefined))
			yield* destructured(interpreter, node, each, scope, value, place);
	},
	def({run}, {definition: {name, params, body}, body: inner}, scope, value, place) {
		return run(inner, {up: scope, name, closure: {params, body, scope, recursive: name}}, value, place);
	},
	*label({run}, node, scope, value, place) {
		const label = {};
		try {
			yield* run(node.body, {up: scope, name: `*${node.name}`, label}, value, place);
		} catch (error) {
			if (!(error instanceof Break) || error.label !== label) throw error;
		}
	},
	break(_interpreter, node, scope) {
		throw new Break(find(scope, `*${node.name}`)!.label!);
	},
	call,
};

/** A scope for each value that is folded, and each way in which the pattern fits it. */
function* rounds(interpreter: Interpreter, node: NodeOf<'reduce' | 'foreach'>, scope: Scope, value: Value): Generator<Scope> {
	for (const [each] of interpreter.run(node.source, scope, value, undefined))
		yield* bindings(interpreter, node.pattern, each, scope, value);
}

/** `as $a ?// [$a]`: an error in one alternative tries the next; names of the others are null. */
function* destructured(interpreter: Interpreter, node: NodeOf<'as'>, each: Value, scope: Scope, value: Value, place: Place): Out {
	let outer = scope;
	if (node.patterns.length > 1) for (const name of node.patterns.flatMap(namesIn)) outer = {up: outer, name, value: null};
	for (const [index, pattern] of node.patterns.entries()) {
		try {
			for (const inner of bindings(interpreter, pattern, each, outer, value)) yield* interpreter.run(node.body, inner, value, place);
			return;
		} catch (error) {
			if (!(error instanceof JqError) || index === node.patterns.length - 1) throw error;
		}
	}
}
