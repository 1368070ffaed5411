import type {ASTNode, Environment, ParseResult} from '@marcbachmann/cel-js';
import {re2Problem} from '../../regex/re2.js';
import {childrenOf} from './cost.js';

/** What `matches` is called once it is read: the library's own has the patterns of JavaScript. */
export const re2Matches = 'matchesRe2';

/** Reads an expression. A pattern that it spells out must be one (cel.ValidateRegexLiterals). */
export function parse(text: string, environment: Environment): ParseResult {
	const program = environment.parse(text);
	const wrong = bindPatterns(program.ast);
	if (wrong) throw Object.assign(new Error('invalid matches argument'), {range: wrong.range});
	return program;
}

/** Gives `matches` its meaning everywhere; returns the first pattern that is none. */
function bindPatterns(node: ASTNode): ASTNode | undefined {
	let wrong: ASTNode | undefined;
	if (node.op === 'rcall' && node.args[0] === 'matches') {
		node.args[0] = re2Matches;
		const [pattern] = node.args[2];
		if (pattern?.op === 'value' && typeof pattern.args === 'string' && re2Problem(pattern.args) !== undefined) wrong = pattern;
	}

	for (const child of childrenOf(node)) wrong = bindPatterns(child) ?? wrong;
	return wrong;
}
