import {intrinsic} from '../intrinsics.js';
import {definitionOf} from '../library.js';
import {native} from '../native.js';
import {type Closure, find, type Interpreter, type Out, type Place, root, type Scope} from '../scope.js';
import type {Node} from '../tree.js';
import {JqError, type Value} from '../value.js';
import {type Evaluator, made} from './evaluator.js';

/** A definition in scope, what only the interpreter can do, a function of values, or a definition of the library: the first that there is. */
export const call: Evaluator<'call'> = function* (interpreter, node, scope, value, place) {
	const {name, args} = node;
	const {closure} = find(scope, name) ?? {};
	if (closure) {
		const from = closure.recursive ? {up: closure.scope, name, closure} : closure.scope;
		return yield* apply(interpreter, {closure, from, args}, scope, value, place);
	}

	if (yield* intrinsic(interpreter, node, scope, value, place)) return;
	const direct = native[name];
	if (direct) {
		for (const values of products(interpreter, args, scope, value)) yield made(place, direct(value, values));
		return;
	}

	const definition = definitionOf(name);
	if (!definition) throw new JqError(`${name} is not defined`);
	yield* apply(interpreter, {closure: {...definition, scope: root}, from: root, args}, scope, value, place);
};

interface Application {
	readonly closure: Closure;
	/** What its body sees, before its parameters. */
	readonly from: Scope;
	readonly args: readonly Node[];
}

function* apply({run}: Interpreter, {closure, from, args}: Application, outer: Scope, value: Value, place: Place): Out {
	let scopes: readonly Scope[] = [from];
	for (const [index, param] of closure.params.entries()) {
		const body = args[index]!;
		const bind = (scope: Scope, text: string): Scope => ({up: scope, name: `${text}/0`, closure: {params: [], body, scope: outer}});
		if (!param.startsWith('$')) scopes = scopes.map(scope => bind(scope, param));
		else {
			const values = [...run(body, outer, value, undefined)].map(([each]) => each);
			scopes = scopes.flatMap(scope => values.map(each => ({up: bind(scope, param.slice(1)), name: param, value: each})));
		}
	}

	for (const scope of scopes) yield* run(closure.body, scope, value, place);
}

/** Each way to choose one value for every argument. */
function* products(interpreter: Interpreter, args: readonly Node[], scope: Scope, value: Value): Generator<Value[]> {
	const last = args.at(-1);
	if (!last) return yield [];
	for (const [each] of interpreter.run(last, scope, value, undefined))
		for (const before of products(interpreter, args.slice(0, -1), scope, value)) yield [...before, each];
}
