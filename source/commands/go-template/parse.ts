import {lex, type Token, TemplateSyntaxError} from './lex.js';
import {parsePipe, type Tokens} from './parse-pipe.js';
import type {Node, Tree} from './tree.js';
import {unquoteGo} from './unquote.js';

/** All templates of a file: itself first, then its `define`s and `block`s. Models text/template/parse. */
export function parseTemplate(file: string, source: string, knows: (name: string) => boolean): Tree[] {
	try {
		return new Parser(file, source, knows).trees();
	} catch (error) {
		if (!(error instanceof TemplateSyntaxError)) throw error;
		const line = source.slice(0, error.at).split('\n').length;
		throw new Error(`template: ${file}:${line}: ${error.message}`);
	}
}

interface List {
	readonly nodes: Node[];
	/** Why the list ended. */
	readonly end: 'end' | 'else' | 'eof';
	readonly at: number;
}

class Parser {
	readonly #file: string;
	readonly #source: string;
	readonly #defined: Tree[] = [];
	readonly #tokens: Tokens;
	#rangeDepth = 0;

	constructor(file: string, source: string, knows: (name: string) => boolean) {
		this.#file = file;
		this.#source = source;
		const list = lex(source);
		this.#tokens = {list, at: 0, end: source.length, variables: ['$'], knows};
	}

	trees(): Tree[] {
		const {nodes, end, at} = this.#list();
		if (end !== 'eof') throw new TemplateSyntaxError(`unexpected {{${end}}}`, at);
		return [this.#tree(this.#file, nodes), ...this.#defined];
	}

	#tree = (name: string, nodes: readonly Node[]): Tree => ({name, file: this.#file, source: this.#source, nodes});

	#next(): Token | undefined {
		return this.#tokens.list[this.#tokens.at++];
	}

	#skipSpace(): Token | undefined {
		const {list} = this.#tokens;
		while (list[this.#tokens.at]?.type === 'space') this.#tokens.at++;
		return list[this.#tokens.at];
	}

	#list(): List {
		const nodes: Node[] = [];
		for (;;) {
			const token = this.#next();
			if (!token) return {nodes, end: 'eof', at: this.#tokens.end};
			if (token.type === 'text') {
				nodes.push({type: 'text', text: token.text, at: token.at});
				continue;
			}

			const first = this.#skipSpace()!;
			const word = first.type === 'word' ? first.text : '';
			if (word === 'end') {
				this.#tokens.at++;
				this.#close('end');
				return {nodes, end: 'end', at: first.at};
			}

			if (word === 'else') {
				this.#tokens.at++;
				return {nodes, end: 'else', at: first.at};
			}

			const node = this.#action(word, first);
			if (node) nodes.push(node);
		}
	}

	#close(context: string): void {
		const token = this.#skipSpace();
		if (token?.type !== 'close')
			throw new TemplateSyntaxError(`unexpected ${describe(token)} in ${context}`, token?.at ?? this.#tokens.end);
		this.#tokens.at++;
	}

	#action(word: string, first: Token): Node | undefined {
		const {at} = first;
		if (word === 'if' || word === 'with' || word === 'range') {
			this.#tokens.at++;
			return this.#control(word, at);
		}

		if (word === 'define') {
			this.#tokens.at++;
			this.#define();
			return undefined;
		}

		if (word === 'template' || word === 'block') {
			this.#tokens.at++;
			return this.#template(word, at);
		}

		if ((word === 'break' || word === 'continue') && this.#isAlone()) {
			this.#tokens.at++;
			this.#close(`{{${word}}}`);
			if (this.#rangeDepth === 0) throw new TemplateSyntaxError(`{{${word}}} outside {{range}}`, at);
			return {type: word, at};
		}

		return {type: 'action', at, pipe: parsePipe(this.#tokens, 'command', 'close')};
	}

	/** `break` may also be the name of a function. */
	#isAlone(): boolean {
		const {list, at} = this.#tokens;
		return list.slice(at + 1).find(token => token.type !== 'space')?.type === 'close';
	}

	#control(type: 'if' | 'with' | 'range', at: number): Node {
		const scope = this.#tokens.variables.length;
		const pipe = parsePipe(this.#tokens, type, 'close');
		if (type === 'range') this.#rangeDepth++;
		const {nodes: body, end, at: endAt} = this.#list();
		if (type === 'range') this.#rangeDepth--;
		if (end === 'eof') throw new TemplateSyntaxError('unexpected EOF', endAt);
		const otherwise = end === 'else' ? this.#otherwise(type) : [];
		this.#tokens.variables.length = scope;
		return {type, at, pipe, body, otherwise};
	}

	#otherwise(type: 'if' | 'with' | 'range'): Node[] {
		const next = this.#skipSpace();
		if (next?.type === 'word' && next.text === type && type !== 'range') {
			this.#tokens.at++;
			return [this.#control(type, next.at)];
		}

		this.#close('else');
		const {nodes, end, at} = this.#list();
		if (end === 'else') throw new TemplateSyntaxError('expected end; found {{else}}', at);
		if (end === 'eof') throw new TemplateSyntaxError('unexpected EOF', at);
		return nodes;
	}

	#name(context: string): string {
		const token = this.#skipSpace();
		if (token?.type !== 'string' && token?.type !== 'raw')
			throw new TemplateSyntaxError(`unexpected ${describe(token)} in ${context}`, token?.at ?? this.#tokens.end);
		this.#tokens.at++;
		return unquoteGo(token.text);
	}

	#define(): void {
		const name = this.#name('define clause');
		this.#close('define clause');
		this.#defineBody(name, 'define clause');
	}

	#defineBody(name: string, context: string): void {
		const {variables} = this.#tokens;
		this.#tokens.variables = ['$'];
		const {nodes, end, at} = this.#list();
		this.#tokens.variables = variables;
		if (end === 'eof') throw new TemplateSyntaxError('unexpected EOF', at);
		if (end === 'else') throw new TemplateSyntaxError(`unexpected {{else}} in ${context}`, at);
		this.#defined.push(this.#tree(name, nodes));
	}

	#template(word: 'template' | 'block', at: number): Node {
		const name = this.#name(`${word} clause`);
		const isBare = this.#skipSpace()?.type === 'close';
		if (isBare && word === 'template') {
			this.#tokens.at++;
			return {type: 'template', at, name};
		}

		const pipe = parsePipe(this.#tokens, `${word} clause`, 'close');
		if (word === 'block') this.#defineBody(name, 'block clause');
		return {type: 'template', at, name, pipe};
	}
}

const describe = (token: Token | undefined): string =>
	!token ? 'EOF' : token.type === 'close' ? '"}}"' : `<${token.text}>`.replace(/^<("?.*?"?)>$/s, (_, text: string) => JSON.stringify(text));
