import {formats} from '../formats.js';
import {short} from '../halt.js';
import {variable} from '../names.js';
import {arithmetic} from '../operations.js';
import type {Interpreter, Scope} from '../scope.js';
import type {Node} from '../tree.js';
import {JqError, typeOf, type Value} from '../value.js';
import {type Evaluators, made} from './evaluator.js';

/** What makes a value of others. */
export const making: Evaluators<'literal' | 'variable' | 'format' | 'string' | 'list' | 'object' | 'negate' | 'binary'> = {
	*literal(_interpreter, node, _scope, _value, place) {
		yield made(place, node.value);
	},
	*variable({world}, node, scope, _value, place) {
		yield made(place, variable(world, node.name, scope));
	},
	*format(_interpreter, node, _scope, value, place) {
		yield made(place, formatted(node.name, value));
	},
	*string(interpreter, node, scope, value, place) {
		for (const text of strings(interpreter, node.parts, node.format ?? '@text', scope, value)) yield made(place, text);
	},
	*list({run}, node, scope, value, place) {
		yield made(place, node.body ? [...run(node.body, scope, value, undefined)].map(([each]) => each) : []);
	},
	*object(interpreter, node, scope, value, place) {
		for (const each of objects(interpreter, node.entries, scope, value)) yield made(place, each);
	},
	*negate({run}, node, scope, value, place) {
		for (const [each] of run(node.body, scope, value, undefined)) {
			if (typeof each !== 'number') throw new JqError(`${typeOf(each)} (${short(each)}) cannot be negated`);
			yield made(place, -each);
		}
	},
	*binary({run}, node, scope, value, place) {
		for (const [right] of run(node.right, scope, value, undefined))
			for (const [left] of run(node.left, scope, value, undefined)) yield made(place, arithmetic(node.operator, left, right));
	},
};

function formatted(name: string, value: Value): string {
	const format = formats[name];
	if (!format) throw new JqError(`${name.slice(1)} is not a valid format`);
	return format(value);
}

type Parts = ReadonlyArray<string | Node>;

function* strings(interpreter: Interpreter, parts: Parts, format: string, scope: Scope, value: Value): Generator<string> {
	const last = parts.at(-1);
	if (last === undefined) return yield '';
	const ends =
		typeof last === 'string' ? [last] : [...interpreter.run(last, scope, value, undefined)].map(([each]) => formatted(format, each));
	for (const end of ends) for (const before of strings(interpreter, parts.slice(0, -1), format, scope, value)) yield before + end;
}

type Entries = ReadonlyArray<readonly [Node, Node]>;

function* objects(interpreter: Interpreter, entries: Entries, scope: Scope, value: Value): Generator<ReadonlyMap<string, Value>> {
	const last = entries.at(-1);
	if (!last) return yield new Map();
	const {run} = interpreter;
	for (const before of objects(interpreter, entries.slice(0, -1), scope, value))
		for (const [key] of run(last[0], scope, value, undefined)) {
			if (typeof key !== 'string') throw new JqError('Object keys must be strings');
			for (const [each] of run(last[1], scope, value, undefined)) yield new Map([...before, [key, each]]);
		}
}
