import {type Token, TemplateSyntaxError} from './lex.js';
import {type Command, nodeText, type Operand, type Pipe} from './tree.js';
import {isGoString, unquoteGo} from './unquote.js';

/** The parser's place in a file. */
export interface Tokens {
	readonly list: readonly Token[];
	at: number;
	/** Length of the file: where `unexpected EOF` stands. */
	readonly end: number;
	/** In scope here. */
	variables: string[];
	knows(name: string): boolean;
}

const peek = (tokens: Tokens): Token | undefined => tokens.list[tokens.at];

function skipSpace(tokens: Tokens): Token | undefined {
	while (peek(tokens)?.type === 'space') tokens.at++;
	return peek(tokens);
}

/** Up to `until`, which is taken too. `context` is what errors call it. */
export function parsePipe(tokens: Tokens, context: string, until: 'close' | 'right'): Pipe {
	const first = skipSpace(tokens);
	const at = first?.at ?? tokens.end;
	const {variables, assigns} = declaration(tokens, context);
	const commands: Command[] = [];
	for (;;) {
		const token = skipSpace(tokens);
		if (!token) throw new TemplateSyntaxError(`unclosed action`, tokens.end);
		if (token.type === until) {
			tokens.at++;
			checkPipe(commands, context, token.at);
			return {type: 'pipe', at, variables, assigns, commands};
		}

		if (!beginsOperand.has(token.type)) throw new TemplateSyntaxError(`unexpected ${describe(token)} in ${context}`, token.at);
		commands.push(command(tokens));
	}
}

const beginsOperand: ReadonlySet<string> = new Set(['field', 'dot', 'variable', 'string', 'raw', 'char', 'number', 'word', 'left']);

function checkPipe(commands: readonly Command[], context: string, at: number): void {
	if (commands.length === 0) throw new TemplateSyntaxError(`missing value for ${context}`, at);
	commands.slice(1).forEach((each, index) => {
		const kind = each.args[0]!.type;
		if (kind === 'bool' || kind === 'dot' || kind === 'nil' || kind === 'number' || kind === 'string')
			throw new TemplateSyntaxError(`non executable command in pipeline stage ${index + 2}`, at);
	});
}

function declaration(tokens: Tokens, context: string): {variables: string[]; assigns: boolean} {
	const start = tokens.at;
	const variables: string[] = [];
	for (;;) {
		const token = skipSpace(tokens);
		if (token?.type !== 'variable') break;
		tokens.at++;
		variables.push(token.text);
		const next = skipSpace(tokens);
		if (next?.type === 'declare' || next?.type === 'assign') {
			tokens.at++;
			const assigns = next.type === 'assign';
			if (assigns) for (const name of variables) checkDeclared(tokens, name, token.at);
			else tokens.variables.push(...variables);
			return {variables, assigns};
		}

		if (next?.type !== 'comma') break;
		if (context !== 'range' || variables.length > 1) throw new TemplateSyntaxError(`too many declarations in ${context}`, token.at);
		tokens.at++;
	}

	tokens.at = start;
	return {variables: [], assigns: false};
}

function checkDeclared(tokens: Tokens, name: string, at: number): void {
	if (!tokens.variables.includes(name)) throw new TemplateSyntaxError(`undefined variable ${JSON.stringify(name)}`, at);
}

function command(tokens: Tokens): Command {
	const at = skipSpace(tokens)!.at;
	const args: Operand[] = [];
	for (;;) {
		skipSpace(tokens);
		const one = operand(tokens);
		if (one) args.push(one);
		const token = peek(tokens);
		if (token?.type === 'space') {
			const next = skipSpace(tokens);
			if (next?.type === 'pipe' || next?.type === 'close' || next?.type === 'right') continue;
			if (one) continue;
		}

		const end = peek(tokens);
		if (end?.type === 'pipe') {
			tokens.at++;
			break;
		}

		if (end?.type === 'close' || end?.type === 'right' || end === undefined) break;
		throw new TemplateSyntaxError(`unexpected ${describe(end)} in operand`, end.at);
	}

	if (args.length === 0) throw new TemplateSyntaxError('empty command', at);
	return {type: 'command', at, args};
}

const describe = (token: Token): string =>
	token.type === 'word' || token.type === 'field' ? `<${token.text}>` : JSON.stringify(token.text);

function operand(tokens: Tokens): Operand | undefined {
	const node = term(tokens);
	if (!node) return undefined;
	const first = peek(tokens);
	if (first?.type !== 'field') return node;
	const path: string[] = [];
	for (let token = peek(tokens); token?.type === 'field'; token = peek(tokens)) {
		path.push(token.text.slice(1));
		tokens.at++;
	}

	// A chain of fields stands where its second one does (text/template/parse: operand).
	if (node.type === 'field') return {...node, at: first.at, path: [...node.path, ...path]};
	if (node.type === 'variable') return {...node, at: first.at, path};
	if (node.type === 'bool' || node.type === 'string' || node.type === 'number' || node.type === 'nil' || node.type === 'dot')
		throw new TemplateSyntaxError(`unexpected . after term ${JSON.stringify(nodeText(node))}`, first.at);
	return {type: 'chain', at: first.at, of: node, path};
}

function term(tokens: Tokens): Operand | undefined {
	const token = peek(tokens);
	if (!token) return undefined;
	const {text, at} = token;
	const take = <T extends Operand>(node: T): T => {
		tokens.at++;
		return node;
	};

	switch (token.type) {
		case 'field':
			return take({type: 'field', at, path: [text.slice(1)]});
		case 'dot':
			return take({type: 'dot', at});
		case 'variable':
			checkDeclared(tokens, text, at);
			return take({type: 'variable', at, name: text, path: []});
		case 'string':
		case 'raw':
			if (!isGoString(text)) throw new TemplateSyntaxError('invalid syntax', at);
			return take({type: 'string', at, value: unquoteGo(text), text});
		case 'char':
			return take({type: 'number', at, value: BigInt(unquoteGo(text).codePointAt(0) ?? 0), text});
		case 'number':
			return take({type: 'number', at, value: numberOf(text), text});
		case 'word':
			return take(word(tokens, text, at));
		case 'left':
			tokens.at++;
			return parsePipe(tokens, 'parenthesized pipeline', 'right');
		default:
			return undefined;
	}
}

function word(tokens: Tokens, text: string, at: number): Operand {
	if (text === 'true' || text === 'false') return {type: 'bool', at, value: text === 'true'};
	if (text === 'nil') return {type: 'nil', at};
	if (!tokens.knows(text)) throw new TemplateSyntaxError(`function ${JSON.stringify(text)} not defined`, at);
	return {type: 'function', at, name: text};
}

function numberOf(text: string): bigint | number {
	const plain = text.replaceAll('_', '').replace(/^\+/, '');
	const negative = plain.startsWith('-');
	const digits = negative ? plain.slice(1) : plain;
	if (/^(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[1-9]\d*|0)$/.test(digits)) return negative ? -BigInt(digits) : BigInt(digits);
	if (/^0[0-7]+$/.test(digits)) return (negative ? -1n : 1n) * BigInt(`0o${digits.slice(1)}`);
	return Number(plain);
}
