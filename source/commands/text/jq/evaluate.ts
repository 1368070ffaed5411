import {evaluators} from './evaluators/index.js';
import type {Evaluator} from './evaluators/evaluator.js';
import {within} from './evaluators/reach.js';
import {short} from './halt.js';
import {iterate} from './operations.js';
import {type Interpreter, type Out, type Place, root, type Scope, type World} from './scope.js';
import type {Node} from './tree.js';
import {isList, isObject, JqError, type Path, type Value} from './value.js';

/** A program that goes on for ever is stopped. */
const stepsMax = 2_000_000;

export function* evaluate(program: Node, input: Value, variables: ReadonlyMap<string, Value>, world: World): Generator<Value> {
	let scope = root;
	for (const [name, value] of variables) scope = {up: scope, name: `$${name}`, value};
	for (const [value] of createInterpreter(world).run(program, scope, input, undefined)) yield value;
}

function createInterpreter(world: World): Interpreter {
	let steps = 0;
	const step = () => {
		if (++steps > stepsMax) throw new JqError('kubelab: not simulated: a program of so many steps');
	};
	const run = (node: Node, scope: Scope, value: Value, place: Place): Out => {
		step();
		return (evaluators[node.kind] as Evaluator<any>)(interpreter, node, scope, value, place);
	};
	const interpreter: Interpreter = {
		world,
		run,
		step,
		descend,
		*pathsOf(node: Node, scope: Scope, value: Value): Generator<Path> {
			for (const [result, at] of run(node, scope, value, [])) {
				if (!at) throw new JqError(`Invalid path expression with result ${short(result)}`);
				yield at;
			}
		},
	};
	return interpreter;
}

function* descend(value: Value, place: Place): Out {
	yield [value, place];
	if (isList(value) || isObject(value)) for (const [key, each] of iterate(value)) yield* descend(each, within(place, key, value));
}
