import {bindings} from './bindings.js';
import {namesIn, variable} from './names.js';
import {formats} from './formats.js';
import {short} from './halt.js';
import {intrinsic} from './intrinsics.js';
import {definitionOf} from './library.js';
import {native} from './native.js';
import {arithmetic, indexOf, iterate, slice} from './operations.js';
import {deletePaths, getPath, setPath} from './paths.js';
import {Break, type Closure, find, type Interpreter, type Out, type Place, type Scope, type World} from './scope.js';
import type {Node} from './tree.js';
import {isList, isObject, isTrue, JqError, type Path, typeOf, type Value} from './value.js';

/** A program that goes on for ever is stopped. */
const stepsMax = 2_000_000;

const root: Scope = {name: ''};

export function* evaluate(program: Node, input: Value, variables: ReadonlyMap<string, Value>, world: World): Generator<Value> {
	let scope = root;
	for (const [name, value] of variables) scope = {up: scope, name: `$${name}`, value};
	for (const [value] of createMachine(world).run(program, scope, input, undefined)) yield value;
}

type Made = (result: Value) => readonly [Value, Place];

function createMachine(world: World) {
	let steps = 0;
	const step = () => {
		if (++steps > stepsMax) throw new JqError('kubelab: not simulated: a program of so many steps');
	};
	const on = (place: Place, key: Value, of: Value): Place => {
		if (place !== null) return place && [...place, key];
		throw new JqError(`Invalid path expression with result ${short(of)}`);
	};

	function* run(node: Node, scope: Scope, value: Value, place: Place): Out {
		step();
		/** What is made anew lies nowhere in the input. */
		const made = (result: Value): readonly [Value, Place] => [result, place === undefined ? undefined : null];
		switch (node.kind) {
			case 'identity':
				yield [value, place];
				return;
			case 'recurse':
				yield* descend(value, place);
				return;
			case 'empty':
				return;
			case 'literal':
				yield made(node.value);
				return;
			case 'string':
				for (const text of strings(node.parts, node.format ?? '@text', scope, value)) yield made(text);
				return;
			case 'variable':
				yield made(variable(world, node.name, scope));
				return;
			case 'format':
				yield made(formatted(node.name, value));
				return;
			default:
				yield* reach(node, scope, value, place, made);
		}
	}

	/** What looks into a value, or makes one of others. */
	function* reach(node: Node, scope: Scope, value: Value, place: Place, made: Made): Out {
		switch (node.kind) {
			case 'index':
				for (const [of, at] of run(node.of, scope, value, place)) {
					for (const [key] of run(node.key, scope, value, undefined)) yield [indexOf(of, key), on(at, key, of)];
				}

				return;
			case 'slice':
				for (const [of, at] of run(node.of, scope, value, place))
					for (const to of optional(node.to, scope, value))
						for (const from of optional(node.from, scope, value)) {
							yield [
								slice(of, from, to),
								on(
									at,
									new Map<string, Value>([
										['start', from],
										['end', to],
									]),
									of,
								),
							];
						}

				return;
			case 'iterate':
				for (const [of, at] of run(node.of, scope, value, place)) for (const [key, each] of iterate(of)) yield [each, on(at, key, of)];
				return;
			case 'list':
				yield made(node.body ? [...run(node.body, scope, value, undefined)].map(([each]) => each) : []);
				return;
			case 'object':
				for (const each of objects(node.entries, scope, value)) yield made(each);
				return;
			case 'negate':
				for (const [each] of run(node.body, scope, value, undefined)) {
					if (typeof each !== 'number') throw new JqError(`${typeOf(each)} (${short(each)}) cannot be negated`);
					yield made(-each);
				}

				return;
			case 'binary':
				for (const [right] of run(node.right, scope, value, undefined))
					for (const [left] of run(node.left, scope, value, undefined)) yield made(arithmetic(node.operator, left, right));
				return;
			default:
				yield* flow(node, scope, value, place, made);
		}
	}

	/** What says which comes after which, and how often. */
	function* flow(node: Node, scope: Scope, value: Value, place: Place, made: Made): Out {
		switch (node.kind) {
			case 'pipe':
				for (const [each, at] of run(node.left, scope, value, place)) yield* run(node.right, scope, each, at);
				return;
			case 'comma':
				yield* run(node.left, scope, value, place);
				yield* run(node.right, scope, value, place);
				return;
			case 'alternative':
				yield* alternative(node, scope, value, place);
				return;
			case 'and':
			case 'or':
				for (const [left] of run(node.left, scope, value, undefined)) {
					if (isTrue(left) === (node.kind === 'or')) yield made(node.kind === 'or');
					else for (const [right] of run(node.right, scope, value, undefined)) yield made(isTrue(right));
				}

				return;
			case 'update':
				yield* update(node, scope, value, made);
				return;
			case 'if':
				for (const [test] of run(node.test, scope, value, undefined)) {
					const branch = isTrue(test) ? node.yes : node.no;
					if (branch) yield* run(branch, scope, value, place);
					else yield [value, place];
				}

				return;
			case 'try':
				yield* attempt(node, scope, value, place);
				return;
			default:
				yield* bound(node, scope, value, place);
		}
	}

	/** What gives names to values and to programs. */
	function* bound(node: Node, scope: Scope, value: Value, place: Place): Out {
		switch (node.kind) {
			case 'reduce':
			case 'foreach':
				yield* fold(node, scope, value, place);
				return;
			case 'as':
				for (const [each] of run(node.source, scope, value, undefined)) yield* destructured(node, each, scope, value, place);
				return;
			case 'def': {
				const {name, params, body} = node.definition;
				yield* run(node.body, {up: scope, name, closure: {params, body, scope, recursive: name}}, value, place);
				return;
			}

			case 'label': {
				const label = {};
				try {
					yield* run(node.body, {up: scope, name: `*${node.name}`, value: label as any}, value, place);
				} catch (error) {
					if (!(error instanceof Break) || error.label !== label) throw error;
				}

				return;
			}

			case 'break':
				throw new Break(find(scope, `*${node.name}`)!.value as any);
			case 'call':
				yield* call(node, scope, value, place);
				return;
			default:
				throw new Error(`unknown node ${(node as Node).kind}`);
		}
	}

	function* optional(node: Node | undefined, scope: Scope, value: Value): Generator<Value> {
		if (!node) yield null;
		else for (const [each] of run(node, scope, value, undefined)) yield each;
	}

	function* descend(value: Value, place: Place): Out {
		yield [value, place];
		if (isList(value) || isObject(value)) for (const [key, each] of iterate(value)) yield* descend(each, on(place, key, value));
	}

	const formatted = (name: string, value: Value): string => {
		const format = formats[name];
		if (!format) throw new JqError(`${name.slice(1)} is not a valid format`);
		return format(value);
	};

	function* strings(parts: ReadonlyArray<string | Node>, format: string, scope: Scope, value: Value): Generator<string> {
		const last = parts.at(-1);
		if (last === undefined) return yield '';
		for (const text of typeof last === 'string' ? [last] : [...run(last, scope, value, undefined)].map(([each]) => formatted(format, each)))
			for (const before of strings(parts.slice(0, -1), format, scope, value)) yield before + text;
	}

	function* objects(entries: ReadonlyArray<readonly [Node, Node]>, scope: Scope, value: Value): Generator<Value> {
		const last = entries.at(-1);
		if (!last) return yield new Map();
		for (const before of objects(entries.slice(0, -1), scope, value)) {
			for (const [key] of run(last[0], scope, value, undefined)) {
				if (typeof key !== 'string') throw new JqError(`Object keys must be strings`);
				for (const [each] of run(last[1], scope, value, undefined)) yield new Map([...(before as ReadonlyMap<string, Value>), [key, each]]);
			}
		}
	}

	function* alternative(node: {readonly left: Node; readonly right: Node}, scope: Scope, value: Value, place: Place): Out {
		let any = false;
		try {
			for (const [each, at] of run(node.left, scope, value, place)) {
				if (!isTrue(each)) continue;
				any = true;
				yield [each, at];
			}
		} catch (error) {
			if (!(error instanceof JqError)) throw error;
		}

		if (!any) yield* run(node.right, scope, value, place);
	}

	function* attempt(node: Extract<Node, {kind: 'try'}>, scope: Scope, value: Value, place: Place): Out {
		const inside = run(node.body, scope, value, place);
		for (;;) {
			let next: IteratorResult<readonly [Value, Place], void>;
			try {
				next = inside.next();
			} catch (error) {
				if (!(error instanceof JqError)) throw error;
				if (isObject(error.value) && error.value.has('__jq')) return;
				if (node.handler) yield* run(node.handler, scope, error.value, place === undefined ? undefined : null);
				return;
			}

			if (next.done) return;
			yield next.value;
		}
	}

	function* fold(node: Extract<Node, {kind: 'reduce' | 'foreach'}>, scope: Scope, value: Value, place: Place): Out {
		for (const [start, at] of run(node.start, scope, value, place)) {
			let state: readonly [Value, Place] = [start, at];
			for (const [each] of run(node.source, scope, value, undefined)) {
				for (const inner of bindings(interpreter, node.pattern, each, scope, value)) {
					if (node.kind === 'reduce') {
						let last: readonly [Value, Place] = [null, place === undefined ? undefined : null];
						for (const result of run(node.step, inner, state[0], state[1])) last = result;
						state = last;
						continue;
					}

					for (const result of run(node.step, inner, state[0], state[1])) {
						state = result;
						if (node.show) yield* run(node.show, inner, result[0], result[1]);
						else yield result;
					}
				}
			}

			if (node.kind === 'reduce') yield state;
		}
	}

	/** `as $a ?// [$a]`: an error in one alternative tries the next; names of the others are null. */
	function* destructured(node: Extract<Node, {kind: 'as'}>, each: Value, scope: Scope, value: Value, place: Place): Out {
		let outer = scope;
		if (node.patterns.length > 1) for (const name of node.patterns.flatMap(namesIn)) outer = {up: outer, name, value: null};
		for (const [index, pattern] of node.patterns.entries()) {
			try {
				for (const inner of bindings(interpreter, pattern, each, outer, value)) yield* run(node.body, inner, value, place);
				return;
			} catch (error) {
				if (!(error instanceof JqError) || index === node.patterns.length - 1) throw error;
			}
		}
	}

	function* pathsOf(node: Node, scope: Scope, value: Value): Generator<Path> {
		for (const [result, at] of run(node, scope, value, [])) {
			if (at === null) throw new JqError(`Invalid path expression with result ${short(result)}`);
			yield at!;
		}
	}

	function* update(
		node: Extract<Node, {kind: 'update'}>,
		scope: Scope,
		value: Value,
		made: (result: Value) => readonly [Value, Place],
	): Out {
		const {operator, left, right} = node;
		if (operator === '|=') {
			let result = value;
			const gone: Path[] = [];
			for (const path of [...pathsOf(left, scope, value)]) {
				const next = run(right, scope, getPath(result, path), undefined).next();
				if (next.done) gone.push(path);
				else result = setPath(result, path, next.value[0]);
			}

			yield made(deletePaths(result, gone));
			return;
		}

		for (const [given] of run(right, scope, value, undefined)) {
			let result = value;
			for (const path of [...pathsOf(left, scope, value)]) {
				const before = getPath(result, path);
				const after =
					operator === '='
						? given
						: operator === '//='
							? isTrue(before)
								? before
								: given
							: arithmetic(operator.slice(0, -1), before, given);
				result = setPath(result, path, after);
			}

			yield made(result);
		}
	}

	function* call(node: Extract<Node, {kind: 'call'}>, scope: Scope, value: Value, place: Place): Out {
		const {name, args} = node;
		const found = find(scope, name);
		if (found?.closure) {
			yield* apply(
				found.closure,
				found.closure.recursive ? {up: found.closure.scope, name, closure: found.closure} : found.closure.scope,
				args,
				scope,
				value,
				place,
			);
			return;
		}

		const builtIn = yield* intrinsic(interpreter, node, scope, value, place);
		if (builtIn) return;
		const direct = native[name];
		if (direct) {
			for (const values of products(args, scope, value)) yield [direct(value, values), place === undefined ? undefined : null];
			return;
		}

		const definition = definitionOf(name);
		if (!definition) throw new JqError(`${name} is not defined`);
		yield* apply({...definition, scope: root}, root, args, scope, value, place);
	}

	function* apply(closure: Closure, from: Scope, args: readonly Node[], outer: Scope, value: Value, place: Place): Out {
		let scopes: Iterable<Scope> = [from];
		for (const [index, param] of closure.params.entries()) {
			const body = args[index]!;
			const bind = (scope: Scope, text: string): Scope => ({up: scope, name: `${text}/0`, closure: {params: [], body, scope: outer}});
			if (!param.startsWith('$')) scopes = [...scopes].map(scope => bind(scope, param));
			else {
				const values = [...run(body, outer, value, undefined)].map(([each]) => each);
				scopes = [...scopes].flatMap(scope => values.map(each => ({up: bind(scope, param.slice(1)), name: param, value: each})));
			}
		}

		for (const scope of scopes) yield* run(closure.body, scope, value, place);
	}

	function* products(args: readonly Node[], scope: Scope, value: Value): Generator<Value[]> {
		const last = args.at(-1);
		if (!last) return yield [];
		for (const [each] of run(last, scope, value, undefined))
			for (const before of products(args.slice(0, -1), scope, value)) yield [...before, each];
	}

	const interpreter: Interpreter = {world, run, pathsOf, descend, step};
	return interpreter;
}
