import {type Box, Evaluation, fault, shownText} from './evaluate.js';
import {goText, isMap, isNil, isTrue, sortedKeys} from './go-value.js';
import {nodeText, type Node, type Tree} from './tree.js';
import type {Templates} from './templates.js';

type Stop = 'break' | 'continue' | undefined;
type Block = Extract<Node, {body: Node[]}>;

/** Templates that stand in each other. Go allows 100000; our stack holds less, and so says the same earlier. */
const depthMax = 400;
/** Pieces that one template may write before it is taken for endless. */
const piecesMax = 2_000_000;

/** One template being written. Models text/template/exec.go. */
export class Execution {
	text = '';
	readonly #set: Templates;
	readonly #tree: Tree;
	readonly #evaluation: Evaluation;
	readonly #dot: Box;
	readonly #depth: number;
	#pieces = 0;

	constructor(set: Templates, tree: Tree, data: unknown, depth = 0) {
		this.#set = set;
		this.#tree = tree;
		this.#depth = depth;
		this.#dot = {value: data === null ? undefined : data, boxed: false};
		this.#evaluation = new Evaluation(set, tree, this.#dot);
	}

	run(): void {
		this.#list(this.#tree.nodes, this.#dot);
	}

	#list(nodes: readonly Node[], dot: Box): Stop {
		const mark = this.#evaluation.mark();
		try {
			for (const node of nodes) {
				const stop = this.#node(node, dot);
				if (stop) return stop;
			}
		} finally {
			this.#evaluation.release(mark);
		}

		return undefined;
	}

	#node(node: Node, dot: Box): Stop {
		if (++this.#pieces > piecesMax) throw new Error('kubelab: not simulated: a template that writes this much');
		switch (node.type) {
			case 'text':
				this.text += node.text;
				return undefined;
			case 'action': {
				const {value} = this.#evaluation.pipe(node.pipe, dot);
				if (node.pipe.variables.length === 0) this.text += shownText(value);
				return undefined;
			}

			case 'template':
				this.#template(node, dot);
				return undefined;
			case 'break':
			case 'continue':
				return node.type;
			default:
				return this.#block(node, dot);
		}
	}

	#block(node: Block, dot: Box): Stop {
		const mark = this.#evaluation.mark();
		try {
			if (node.type === 'range') return this.#range(node, dot);
			const found = this.#evaluation.pipe(node.pipe, dot);
			if (isTrue(found.value)) return this.#list(node.body, node.type === 'with' ? found : dot);
			return this.#list(node.otherwise, dot);
		} finally {
			this.#evaluation.release(mark);
		}
	}

	#range(node: Block, dot: Box): Stop {
		const {value} = this.#evaluation.pipe(node.pipe, dot);
		const entries = this.#entries(node, value);
		const {variables, assigns} = node.pipe;
		let any = false;
		for (const [key, item] of entries) {
			any = true;
			const mark = this.#evaluation.mark();
			const set = (name: string, to: Box) => (assigns ? this.#evaluation.assign(name, to) : this.#evaluation.declare(name, to));
			if (variables.length === 1) set(variables[0]!, item);
			if (variables.length === 2) {
				set(variables[0]!, {value: key, boxed: false});
				set(variables[1]!, item);
			}

			const stop = this.#list(node.body, item);
			this.#evaluation.release(mark);
			if (stop === 'break') break;
		}

		return any ? undefined : this.#list(node.otherwise, dot);
	}

	*#entries(node: Block, value: unknown): Generator<[key: unknown, item: Box]> {
		if (isNil(value)) return;
		if (Array.isArray(value)) {
			// What grows while it is walked is not seen (a slice keeps its length).
			const {length} = value;
			for (let at = 0; at < length; at++) yield [BigInt(at), {value: value[at] ?? null, boxed: true}];
		} else if (isMap(value)) for (const key of sortedKeys(value)) yield [key, {value: value[key] ?? null, boxed: true}];
		else if (typeof value === 'bigint') for (let at = 0n; at < value; at++) yield [at, {value: at, boxed: false}];
		else throw fault(this.#tree, node.pipe.commands.at(-1)!.args.at(-1)!, `range can't iterate over ${goText(value)}`);
	}

	#template(node: Extract<Node, {type: 'template'}>, dot: Box): void {
		const at = {
			at: node.at + 'template '.length,
			text: `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${nodeText(node.pipe)}` : ''}}}`,
		};
		const tree = this.#set.find(node.name);
		if (!tree) throw fault(this.#tree, at, `template ${JSON.stringify(node.name)} not defined`);
		if (this.#depth > depthMax) throw fault(this.#tree, at, 'exceeded maximum template depth (100000)');
		const data = node.pipe ? this.#evaluation.pipe(node.pipe, dot).value : undefined;
		const inner = new Execution(this.#set, tree, data, this.#depth + 1);
		try {
			inner.run();
		} catch (error) {
			if (error instanceof RangeError) throw fault(this.#tree, at, 'exceeded maximum template depth (100000)');
			throw error;
		}

		this.text += inner.text;
	}
}
