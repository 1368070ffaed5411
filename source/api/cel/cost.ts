import type {ASTNode} from '@marcbachmann/cel-js';
import {isObject} from '../values/plain.js';

/** What one expression may cost, in visited nodes. */
export const budget = 1_000_000;

const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/**
 * An upper bound of what an evaluation visits: each macro repeats its body for every element there is at most. Known before it
 * runs, where kube-apiserver counts as it goes (PerCallLimit), so that a hostile expression takes no time at all.
 */
export const boundOf = (ast: ASTNode, variables: Readonly<Record<string, unknown>>): number =>
	bound(ast, Math.max(longest(variables), longestLiteral(ast)));

function bound(node: ASTNode, size: number): number {
	const inner = childrenOf(node).reduce((sum, child) => sum + bound(child, size), 1);
	if (node.op === 'rcall' && loops.has(node.args[0])) return inner * Math.max(1, size);
	// What is bound to a name may be twice as long as what it is made of.
	return node.op === 'rcall' && node.args[0] === 'bind' ? inner * 2 : inner;
}

export function childrenOf({args}: ASTNode): ASTNode[] {
	const found: ASTNode[] = [];
	const collect = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(collect);
		else if (isNode(value)) found.push(value);
	};
	collect(args);
	return found;
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

const longestLiteral = (node: ASTNode): number =>
	Math.max(
		node.op === 'list' || node.op === 'map'
			? node.args.length
			: node.op === 'value' && typeof node.args === 'string'
				? node.args.length
				: 0,
		...childrenOf(node).map(longestLiteral),
	);

function longest(value: unknown): number {
	const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
	return inner.reduce((most, each) => Math.max(most, longest(each)), inner.length);
}
