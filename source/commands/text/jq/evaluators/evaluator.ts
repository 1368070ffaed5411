import type {Interpreter, Out, Place, Scope} from '../scope.js';
import type {Node, NodeOf} from '../tree.js';
import type {Value} from '../value.js';

/** What a kind of node makes of an input, one result after the other. */
export type Evaluator<Kind extends Node['kind']> = (
	interpreter: Interpreter,
	node: NodeOf<Kind>,
	scope: Scope,
	value: Value,
	place: Place,
) => Out;

/** What is made anew lies nowhere in the input. */
export const made = (place: Place, result: Value): readonly [Value, Place] => [result, place === undefined ? undefined : null];

export type Evaluators<Kind extends Node['kind']> = {readonly [Each in Kind]: Evaluator<Each>};
