import {made} from './evaluators/evaluator.js';
import {Halt} from './halt.js';
import {getPath} from './paths.js';
import type {Interpreter, Place, Scope} from './scope.js';
import type {NodeOf} from './tree.js';
import {isList, JqError, print, type Value} from './value.js';

/** What cannot be a plain function of values: true when it was one of these. */
export function* intrinsic(
	interpreter: Interpreter,
	node: NodeOf<'call'>,
	scope: Scope,
	value: Value,
	place: Place,
): Generator<readonly [Value, Place], boolean> {
	const {run, pathsOf, descend} = interpreter;
	const {name, args} = node;
	switch (name) {
		case 'empty/0':
			return true;
		case 'recurse/0':
			yield* descend(value, place);
			return true;
		case 'error/1':
			for (const [each] of run(args[0]!, scope, value, undefined)) throw new JqError(each);
			return true;
		case 'path/1':
			for (const path of pathsOf(args[0]!, scope, value)) yield made(place, path);
			return true;
		case 'getpath/1':
			for (const [path] of run(args[0]!, scope, value, undefined)) {
				if (!isList(path)) throw new JqError('Path must be specified as an array');
				yield [getPath(value, path), place && [...place, ...path]];
			}

			return true;
		case 'first/1':
			for (const each of run(args[0]!, scope, value, place)) {
				yield each;
				break;
			}

			return true;
		case 'limit/2':
			for (const [count] of run(args[0]!, scope, value, undefined)) {
				let left = Number(count);
				if (left > 0)
					for (const each of run(args[1]!, scope, value, place)) {
						yield each;
						if (--left <= 0) break;
					}
			}

			return true;
		default:
			return yield* asked(interpreter, node, scope, value, place);
	}
}

/** What asks for more values than its input. */
function* asked(
	{world, run, step}: Interpreter,
	{name, args}: NodeOf<'call'>,
	scope: Scope,
	value: Value,
	place: Place,
): Generator<readonly [Value, Place], boolean> {
	switch (name) {
		case 'range/2':
			for (const [from] of run(args[0]!, scope, value, undefined))
				for (const [to] of run(args[1]!, scope, value, undefined)) {
					if (typeof from !== 'number' || typeof to !== 'number') throw new JqError('Range bounds must be numeric');
					for (let at = from; at < to; at++) {
						step();
						yield made(place, at);
					}
				}

			return true;
		case 'input/0': {
			const next = world.input();
			if (next === undefined) throw new JqError('No more inputs');
			yield made(place, next);
			return true;
		}

		case 'debug/0':
		case 'stderr/0':
			world.debug(name === 'debug/0' ? `${print(['DEBUG:', value])}\n` : print(value));
			yield [value, place];
			return true;
		case 'env/0':
			yield made(place, new Map(Object.entries(world.env)));
			return true;
		case 'now/0':
			yield made(place, world.nowMs() / 1000);
			return true;
		case 'input_line_number/0':
			yield made(place, 0);
			return true;
		case 'halt_error/1':
			for (const [status] of run(args[0]!, scope, value, undefined)) throw new Halt(value, Number(status));
			return true;
		default:
			return false;
	}
}
