import {Remembered} from '../../sim/remembered.js';
import {parseScript} from '../../shell/syntax/parser.js';
import type {NodeRef, ScriptState} from './state.js';

/** A syntax tree whose nodes can be named by a number: the same text gives the same numbers in every life of the world. */
interface Numbered {
	readonly nodes: readonly any[];
	readonly numbers: ReadonlyMap<object, number>;
}

const cache = new Remembered<Numbered | string>(500);

const numbered = (text: string): Numbered | string => cache.of(text, build);

function build(text: string): Numbered | string {
	let root: unknown;
	try {
		root = parseScript(text);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}

	const nodes: any[] = [];
	const numbers = new Map<object, number>();
	const walk = (value: any) => {
		if (value === null || typeof value !== 'object') return;
		if (!Array.isArray(value)) {
			numbers.set(value, nodes.length);
			nodes.push(value);
		}

		for (const key of Object.keys(value)) walk(value[key]);
	};
	walk(root);
	return {nodes, numbers};
}

/** Adds a text to the script; its statements, or what is wrong with it. */
export function addSource(state: ScriptState, text: string): readonly NodeRef[] | {readonly error: string} {
	const tree = numbered(text);
	if (typeof tree === 'string') return {error: tree};
	let source = state.sources.indexOf(text);
	if (source === -1) source = state.sources.push(text) - 1;
	return refs(state, source, tree.nodes[0].statements);
}

export function nodeOf(state: ScriptState, [source, number]: NodeRef): any {
	const tree = numbered(state.sources[source]!);
	if (typeof tree === 'string') throw new Error(`a script that does not parse: ${tree}`);
	return tree.nodes[number];
}

export function refs(state: ScriptState, source: number, list: readonly object[]): NodeRef[] {
	const tree = numbered(state.sources[source]!);
	return typeof tree === 'string' ? [] : list.map(node => [source, tree.numbers.get(node)!] as const);
}
