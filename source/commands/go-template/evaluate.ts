import {goText, GoStruct, isMap, isNil, isTrue, ownValue, typeName} from './go-value.js';
import {type GoFunction, typeTexts} from './functions.js';
import {type Command, nodeText, type Operand, type Pipe, placeOf, type Tree} from './tree.js';
import type {Templates} from './templates.js';

/**
 * A value as reflect sees it. `boxed`: it came out of a map or list, so that its type is `interface {}`. `null` is a nil of such a type,
 * `undefined` no value at all.
 */
export interface Box {
	readonly value: unknown;
	readonly boxed: boolean;
}

/** template.ExecError: Helm treats these otherwise than others. */
export class ExecutionError extends Error {}

type Place = Operand | Command | {readonly at: number; readonly text: string};

const textOf = (node: Place): string => ('type' in node ? nodeText(node) : node.text);

export function fault(tree: Tree, node: Place, problem: string): ExecutionError {
	return new ExecutionError(`template: ${placeOf(tree, node.at)}: executing ${JSON.stringify(tree.name)} at <${textOf(node)}>: ${problem}`);
}

const concrete = (value: unknown): Box => ({value, boxed: false});
const nothing: Box = {value: undefined, boxed: false};

interface Variable {
	readonly name: string;
	box: Box;
}

/** Pipelines of one template. */
export class Evaluation {
	readonly #set: Templates;
	readonly #tree: Tree;
	readonly #variables: Variable[];
	/** Looked at last: what Go names when a field of a parenthesis is missing. */
	#last: Place | undefined;

	constructor(set: Templates, tree: Tree, data: Box) {
		this.#set = set;
		this.#tree = tree;
		this.#variables = [{name: '$', box: data}];
	}

	mark(): number {
		return this.#variables.length;
	}

	release(mark: number): void {
		this.#variables.length = mark;
	}

	declare(name: string, box: Box): void {
		this.#variables.push({name, box});
	}

	assign(name: string, box: Box): void {
		this.#variables.findLast(each => each.name === name)!.box = box;
	}

	pipe(pipe: Pipe, dot: Box): Box {
		let box: Box = nothing;
		pipe.commands.forEach((command, at) => {
			const value = this.#command(command, dot, at > 0 ? box : undefined);
			// What is in an interface counts, not the interface.
			box = concrete(value.value === null ? undefined : value.value);
		});
		for (const name of pipe.variables) pipe.assigns ? this.assign(name, box) : this.declare(name, box);
		return box;
	}

	#fault(node: Place, problem: string): ExecutionError {
		return fault(this.#tree, node, problem);
	}

	#command(command: Command, dot: Box, final: Box | undefined): Box {
		const first = command.args[0]!;
		this.#last = first.type === 'function' ? command : first;
		if (first.type === 'function') return this.#call(first.name, command, command.args.slice(1), dot, final);
		if (first.type === 'field') return this.#fields(dot, first.path, first, {command, dot, final});
		if (first.type === 'chain') {
			const from = this.#operand(first.of, dot);
			return this.#fields(from, first.path, this.#last ?? first, {command, dot, final});
		}

		if (first.type === 'variable') return this.#fields(this.#variable(first.name), first.path, first, {command, dot, final});
		if (command.args.length > 1 || final !== undefined) throw this.#fault(first, `can't give argument to non-function ${nodeText(first)}`);
		if (first.type === 'nil') throw this.#fault(first, 'nil is not a command');
		return this.#operand(first, dot);
	}

	#variable(name: string): Box {
		return this.#variables.findLast(each => each.name === name)!.box;
	}

	#operand(node: Operand, dot: Box): Box {
		switch (node.type) {
			case 'string':
			case 'number':
			case 'bool':
				return concrete(node.value);
			case 'nil':
				return concrete(undefined);
			case 'dot':
				return dot;
			case 'field':
				return this.#fields(dot, node.path, node);
			case 'variable':
				return this.#fields(this.#variable(node.name), node.path, node);
			case 'chain': {
				const from = this.#operand(node.of, dot);
				return this.#fields(from, node.path, this.#last ?? node);
			}

			case 'function':
				return this.#call(node.name, node, [], dot, undefined);
			case 'pipe':
				return this.pipe(node, dot);
		}
	}

	/** `call`: the arguments that the last name gets, when it is a command's first word. */
	#fields(from: Box, path: readonly string[], node: Place, call?: {command: Command; dot: Box; final: Box | undefined}): Box {
		const given = call && (call.command.args.length > 1 || call.final !== undefined) ? call : undefined;
		if (path.length === 0 && given) throw this.#fault(node, `can't give argument to non-function ${textOf(node)}`);
		return path.reduce((box, name, at) => this.#field(box, name, node, at === path.length - 1 ? given : undefined), from);
	}

	#field({value, boxed}: Box, name: string, node: Place, call?: {command: Command; dot: Box; final: Box | undefined}): Box {
		if (value === undefined) {
			if (this.#set.missingKey === 'error') throw this.#fault(node, `nil data; no entry for key ${JSON.stringify(name)}`);
			return nothing;
		}

		if (value === null) throw this.#fault(node, `nil pointer evaluating interface {}.${name}`);
		if (value instanceof GoStruct) return this.#member(value, name, node, call);
		if (!isMap(value)) throw this.#fault(node, `can't evaluate field ${name} in type ${boxed ? 'interface {}' : typeName(value)}`);
		if (call) throw this.#fault(node, `${name} is not a method but has arguments`);
		const found = ownValue(value, name);
		if (found !== undefined) return {value: found, boxed: true};
		if (this.#set.missingKey === 'error' && !Object.hasOwn(value, name))
			throw this.#fault(node, `map has no entry for key ${JSON.stringify(name)}`);
		return this.#set.missingKey === 'zero' ? {value: null, boxed: true} : nothing;
	}

	#member(struct: GoStruct, name: string, node: Place, call?: {command: Command; dot: Box; final: Box | undefined}): Box {
		const method = Object.hasOwn(struct.methods, name) ? struct.methods[name] : undefined;
		if (method) {
			const args = call ? call.command.args.slice(1).map(arg => this.#operand(arg, call.dot).value) : [];
			if (call?.final) args.push(call.final.value);
			try {
				return concrete(method(...args));
			} catch (error) {
				throw this.#fault(node, `error calling ${name}: ${(error as Error).message}`);
			}
		}

		if (!Object.hasOwn(struct.fields, name)) throw this.#fault(node, `can't evaluate field ${name} in type ${struct.type}`);
		if (call) throw this.#fault(node, `${name} has arguments but cannot be invoked as function`);
		return concrete(struct.fields[name]);
	}

	#call(name: string, node: Operand | Command, args: readonly Operand[], dot: Box, final: Box | undefined): Box {
		if (name === 'and' || name === 'or') return this.#shortCircuit(name, node, args, dot, final);
		const called = node.type === 'command' ? node.args[0]! : node;
		const entry = this.#set.functions.get(name)!;
		const types = this.#checkCount(name, entry, called, args.length + (final ? 1 : 0));
		const values = args.map((arg, at) => this.#argument(arg, types(at), dot));
		if (final) values.push(this.#validated(final, types(args.length), args.at(-1) ?? called));
		try {
			return concrete(entry[1](...values));
		} catch (error) {
			if (error instanceof RangeError && /call stack/.test(error.message)) throw error;
			throw this.#fault(node, `error calling ${name}: ${(error as Error).message}`);
		}
	}

	#checkCount(name: string, [letters]: GoFunction, node: Operand, count: number): (at: number) => string {
		const variadic = letters.endsWith('*');
		const fixed = variadic ? letters.length - 2 : letters.length;
		if (count < fixed || (!variadic && count > fixed))
			throw this.#fault(node, `wrong number of args for ${name}: want ${variadic ? 'at least ' : ''}${fixed} got ${count}`);
		return at => letters[Math.min(at, variadic ? fixed : fixed - 1)]!;
	}

	#argument(node: Operand, type: string, dot: Box): unknown {
		this.#last = node;
		const nilable = type === 'a' || type === 'l' || type === 'm';
		if (node.type === 'nil') {
			if (!nilable) throw this.#fault(node, `cannot assign nil to ${typeTexts[type]}`);
			return undefined;
		}

		if (node.type !== 'string' && node.type !== 'number' && node.type !== 'bool')
			return this.#validated(this.#operand(node, dot), type, node);
		const {value} = node;
		if (type === 'a') return value;
		if (type === 's' && node.type !== 'string') throw this.#fault(node, `expected string; found ${nodeText(node)}`);
		if (type === 'i' && typeof value !== 'bigint') throw this.#fault(node, `expected integer; found ${nodeText(node)}`);
		if (type === 'b' && node.type !== 'bool') throw this.#fault(node, `expected bool; found ${nodeText(node)}`);
		if (type === 'f' && node.type !== 'number') throw this.#fault(node, `expected float; found ${nodeText(node)}`);
		if (nilable) throw this.#fault(node, `can't handle ${nodeText(node)} for arg of type ${typeTexts[type]}`);
		return type === 'f' ? Number(value) : value;
	}

	#validated({value}: Box, type: string, node: Operand): unknown {
		if (type === 'a') return value;
		const expected = typeTexts[type]!;
		if (value === undefined) {
			if (type === 'l' || type === 'm') return undefined;
			throw this.#fault(node, `invalid value; expected ${expected}`);
		}

		if (value === null) throw this.#fault(node, `wrong type for value; expected ${expected}; got interface {}`);
		if (typeName(value) !== expected) throw this.#fault(node, `wrong type for value; expected ${expected}; got ${typeName(value)}`);
		return value;
	}

	#shortCircuit(name: 'and' | 'or', node: Operand | Command, args: readonly Operand[], dot: Box, final: Box | undefined): Box {
		if (args.length === 0 && !final) {
			const called = node.type === 'command' ? node.args[0]! : node;
			throw this.#fault(called, `wrong number of args for ${name}: want at least 1 got 0`);
		}

		let value: unknown;
		for (const arg of args) {
			value = this.#argument(arg, 'a', dot);
			if (isTrue(value) === (name === 'or')) return concrete(value);
		}

		return final ?? concrete(value);
	}
}

/** What a piece of a template prints. */
export const shownText = (value: unknown): string => (isNil(value) ? '<no value>' : goText(value));
