import type {ASTNode, Environment} from '@marcbachmann/cel-js';
import {childrenOf} from './cost.js';
import {parse} from './literals.js';
import {errorText, undefinedIn} from './words.js';

/** The type of an expression where its variables have types, or what is wrong with it. */
export function checked(text: string, environment: Environment): {readonly type: string} | {readonly error: string} {
	try {
		const program = parse(text, environment);
		const {valid, type, error} = program.check();
		const problems = [
			...presenceErrors(program.ast, text, environment),
			...(valid || comparesAlike(error) ? [] : [errorText(error, text)]),
		];
		return problems.length > 0 ? {error: problems.join('\n')} : {type: valid ? (type ?? 'dyn') : 'dyn'};
	} catch (error) {
		return {error: errorText(error, text)};
	}
}

/** The library compares no two objects of a declared type; the language does. */
const comparesAlike = (error: unknown): boolean => /^no such overload: (\S.*) [!=]= \1$/.test((error as {summary?: string}).summary ?? '');

/** `has(self.x)` of a field that no value can have is an error too, pointed at by its bracket. */
function presenceErrors(node: ASTNode, text: string, environment: Environment): string[] {
	if (node.op !== 'call' || node.args[0] !== 'has') return childrenOf(node).flatMap(child => presenceErrors(child, text, environment));
	const [argument] = node.args[1];
	if (!argument) return [];
	const {error} = environment.check(text.slice(argument.range.start, argument.range.end));
	const field = undefinedIn(error);
	return field ? [errorText(Object.assign(new Error(`No such key: ${field}`), {range: {start: node.range.start + 4, end: 0}}), text)] : [];
}
