import {SyntaxFault} from '../session/toolbox.js';
import type {Script} from './ast.js';
import {separateParentheses} from './double-parentheses.js';
import {parseScript} from './parser.js';
import {faultText} from './syntax-error.js';

/** The parser's complaint, as what bash would say of the text. */
export function faultOf(error: unknown): SyntaxFault {
	if (error instanceof SyntaxFault) return error;
	const {line = 1, column = 1, token, message} = error as Error & {line?: number; column?: number; token?: {type: string; value: string}};
	const open = /matching `(.)'/.exec(message)?.[1];
	const named = /unexpected token `(.*)'$/s.exec(message)?.[1];
	const ended = open !== undefined || token?.type === 'EOF' || /\bEOF\b/.test(message);
	return new SyntaxFault({
		line,
		column,
		open,
		token: ended ? undefined : token?.type === 'NEWLINE' ? 'newline' : (token?.value ?? named ?? ''),
	});
}

/** The parser leaves some mistakes to be found when they are reached; bash finds them when it reads the line. */
export function refuseDeferred(script: Script): Script {
	const bad = script.statements.find(statement => statement.deferredError);
	if (bad?.deferredError) throw new SyntaxFault({line: bad.line ?? 1, column: 1, token: bad.deferredError.token});
	return script;
}

/** Reads a text, and once more where `((` may have been two of `(`. */
export function parseEither(text: string, parse: (text: string) => Script): Script {
	try {
		return parse(text);
	} catch (error) {
		const separated = text.includes('((') ? separateParentheses(text) : text;
		if (separated === text) throw error;
		return parse(separated);
	}
}

/** Why bash would not run a line, in its words; undefined when it would. */
export function syntaxProblem(line: string): string | undefined {
	try {
		refuseDeferred(parseEither(line, parseScript));
		return undefined;
	} catch (error) {
		return faultText(faultOf(error));
	}
}
