import {toJsonLine} from './json-print.js';
import type {ListNode, Node} from './jsonpath-parse.js';
import {goNumber} from './yaml-print.js';

/** Models k8s.io/client-go/util/jsonpath/jsonpath.go. */
export function evaluateJsonPath(
	nodes: readonly Node[],
	data: unknown,
	{allowMissingKeys}: {allowMissingKeys: boolean},
): {values: unknown[][]; text: string} {
	const walker = new Walker(allowMissingKeys);
	const values = walker.results(nodes, 0, data).values;
	return {values, text: values.map(list => list.map(textOf).join(' ')).join('')};
}

/** How one result is printed. */
export function textOf(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	if (typeof value === 'object') return toJsonLine(value);
	return typeof value === 'number' ? goNumber(value) : String(value);
}

class Walker {
	readonly #allowMissingKeys: boolean;
	#begun = 0;
	#inside = 0;
	#ended = 0;

	constructor(allowMissingKeys: boolean) {
		this.#allowMissingKeys = allowMissingKeys;
	}

	/** Works through `nodes` from `at`; stops after an `{end}` and says where that was. */
	results(nodes: readonly Node[], at: number, data: unknown): {values: unknown[][]; endAt: number | undefined} {
		const values: unknown[][] = [];
		let endAt: number | undefined;
		for (let i = at; i < nodes.length; i++) {
			const results = this.#walk([data], nodes[i]!);
			if (this.#ended > 0 && this.#ended <= this.#inside) {
				this.#ended--;
				endAt = i;
				break;
			}

			if (this.#begun === 0) {
				values.push(results);
				continue;
			}

			this.#begun--;
			this.#inside++;
			let last: number | undefined;
			for (const item of results) {
				const inner = this.results(nodes, i + 1, item);
				values.push(...inner.values);
				last = inner.endAt ?? last;
			}

			// Without results the nodes up to {end} still have to be passed.
			if (results.length === 0) last = this.results(nodes, i + 1, null).endAt;
			this.#inside--;
			if (last !== undefined) i = last;
		}

		return {values, endAt};
	}

	#list(input: unknown[], list: ListNode): unknown[] {
		let current = input;
		for (const node of list.nodes) current = this.#walk(current, node);
		return current;
	}

	#walk(input: unknown[], node: Node): unknown[] {
		switch (node.type) {
			case 'list':
				return this.#list(input, node);
			case 'text':
				return [node.value];
			case 'value':
				return input.map(() => node.value);
			case 'identifier':
				return this.#identifier(input, node.value);
			case 'field':
				return this.#field(input, node.value);
			case 'wildcard':
				return input.flatMap(members);
			case 'recursive':
				return this.#recursive(input);
			case 'array':
				return this.#array(input, node);
			case 'union':
				return node.lists.flatMap(list => this.#list(input, list));
			case 'filter':
				return this.#filter(input, node);
		}
	}

	#identifier(input: unknown[], name: string): unknown[] {
		if (name === 'range') {
			this.#begun++;
			return input;
		}

		if (name !== 'end') throw new Error(`unrecognized identifier ${name}`);
		if (this.#inside === 0) throw new Error('not in range, nothing to end');
		this.#ended++;
		return [];
	}

	#field(input: unknown[], name: string): unknown[] {
		if (input.length === 0) return [];
		const results = input
			.filter(value => isMap(value) && Object.hasOwn(value, name))
			.map(value => (value as Record<string, unknown>)[name]);
		if (results.length === 0 && !this.#allowMissingKeys) throw new Error(`${name} is not found`);
		return results;
	}

	#recursive(input: unknown[]): unknown[] {
		return input.flatMap(value => {
			const inner = members(value);
			return inner.length === 0 ? [] : [value, ...this.#recursive(inner)];
		});
	}

	#array(input: unknown[], node: Extract<Node, {type: 'array'}>): unknown[] {
		const results: unknown[] = [];
		for (const value of input) {
			if (value === null || value === undefined) continue;
			if (!Array.isArray(value)) throw new Error(`${goType(value)} is not array or slice`);
			const {length} = value;
			let from = node.from.known ? node.from.value : 0;
			if (from < 0) from += length;
			let to = node.to.known ? node.to.value : length;
			if (to < 0 || (to === 0 && node.to.derived)) to += length;
			if (to === from) return results;
			if (from >= length || from < 0) throw new Error(`array index out of bounds: index ${from}, length ${length}`);
			if (to > length || to < 0) throw new Error(`array index out of bounds: index ${to - 1}, length ${length}`);
			if (from > to) throw new Error(`starting index ${from} is greater than ending index ${to}`);
			const step = node.step.known ? node.step.value : 1;
			if (step <= 0) throw new Error('step must be > 0');
			for (let i = from; i < to; i += step) results.push(value[i]);
		}

		return results;
	}

	#filter(input: unknown[], node: Extract<Node, {type: 'filter'}>): unknown[] {
		const results: unknown[] = [];
		for (const value of input) {
			if (!Array.isArray(value)) throw new Error(`${textOf(value)} is not array or slice and cannot be filtered`);
			for (const item of value) {
				const left = this.#list([item], node.left);
				if (node.operator === 'exists') {
					if (left.length > 0) results.push(item);
					continue;
				}

				if (left.length === 0) continue;
				const right = this.#list([item], node.right);
				if (left.length > 1 || right.length > 1) throw new Error('can only compare one element at a time');
				if (right.length > 0 && compare(left[0], node.operator, right[0])) results.push(item);
			}
		}

		return results;
	}
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function members(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return isMap(value) ? Object.values(value) : [];
}

function goType(value: unknown): string {
	if (isMap(value)) return 'map[string]interface {}';
	if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
	return typeof value === 'boolean' ? 'bool' : 'string';
}

function compare(left: unknown, operator: string, right: unknown): boolean {
	if (!['<', '>', '==', '!=', '<=', '>='].includes(operator)) throw new Error(`unrecognized filter operator ${operator}`);
	if (left === null || right === null || typeof left === 'object' || typeof right === 'object')
		throw new Error('invalid type for comparison');
	if (typeof left !== typeof right || (typeof left === 'number' && Number.isInteger(left) !== Number.isInteger(right)))
		throw new Error('incompatible types for comparison');
	if (operator === '==') return left === right;
	if (operator === '!=') return left !== right;
	if (typeof left === 'boolean') throw new Error('invalid type for comparison');
	const [a, b] = [left as number, right as number];
	return operator === '<' ? a < b : operator === '>' ? a > b : operator === '<=' ? a <= b : a >= b;
}
