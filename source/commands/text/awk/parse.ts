import type {Source} from './lexer.js';
import {ExpressionParser} from './parse-expression.js';
import type {AwkFunction, Case, Expression, Program, Redirection, Rule, Statement} from './syntax.js';

/** Several `-f` files are one program. Throws `AwkSyntaxError`. */
export function parseProgram(sources: readonly Source[]): Program {
	const parts = sources.map(source => new Parser(source).program());
	return {
		begin: parts.flatMap(({begin}) => begin),
		end: parts.flatMap(({end}) => end),
		beginFile: parts.flatMap(({beginFile}) => beginFile),
		endFile: parts.flatMap(({endFile}) => endFile),
		rules: parts.flatMap(({rules}) => rules),
		functions: new Map(parts.flatMap(({functions}) => [...functions])),
	};
}

class Parser extends ExpressionParser {
	program(): Program {
		const blocks: Record<'BEGIN' | 'END' | 'BEGINFILE' | 'ENDFILE', Statement[]> = {BEGIN: [], END: [], BEGINFILE: [], ENDFILE: []};
		const rules: Rule[] = [];
		const functions = new Map<string, AwkFunction>();
		for (this.#skipEnds(); this.token.type !== 'end'; this.#skipEnds()) {
			const {type, text} = this.token;
			if (type === 'keyword' && text in blocks) {
				this.take();
				blocks[text as 'BEGIN'].push(this.#block());
			} else if (type === 'keyword' && (text === 'function' || text === 'func')) {
				const made = this.#function();
				functions.set(made.name, made);
			} else rules.push(this.#rule());
		}

		return {begin: blocks.BEGIN, end: blocks.END, beginFile: blocks.BEGINFILE, endFile: blocks.ENDFILE, rules, functions};
	}

	#skipEnds(): void {
		while (this.token.type === 'newline' || this.isMark(';')) this.take();
	}

	#function(): AwkFunction {
		this.take();
		if (this.token.type !== 'function name' && this.token.type !== 'name') throw this.unexpected();
		const name = this.take().text;
		this.expectMark('(');
		const parameters: string[] = [];
		while (!this.isMark(')')) {
			if (this.token.type !== 'name') throw this.unexpected();
			parameters.push(this.take().text);
			if (!this.takeMark(',')) break;
			this.skipNewlines();
		}

		this.expectMark(')');
		this.skipNewlines();
		this.parameters = parameters;
		const body = this.#block();
		this.parameters = [];
		return {name, parameters, body};
	}

	#rule(): Rule {
		if (this.isMark('{')) return {body: this.#block()};
		const from = this.expression();
		let to: Expression | undefined;
		if (this.takeMark(',')) {
			this.skipNewlines();
			to = this.expression();
		}

		const body = this.isMark('{') ? this.#block() : undefined;
		if (!body && !['newline', 'end'].includes(this.token.type) && !this.isMark(';')) throw this.unexpected();
		return {from, to, body};
	}

	#block(): Statement {
		const {line} = this.token;
		this.expectMark('{');
		const body: Statement[] = [];
		for (this.#skipEnds(); !this.isMark('}'); this.#skipEnds()) body.push(this.#statement());
		this.take();
		return {type: 'block', body, line};
	}

	#statement(): Statement {
		const {line, type, text} = this.token;
		if (this.isMark('{')) return this.#block();
		if (this.isMark(';')) {
			this.take();
			return {type: 'block', body: [], line};
		}

		if (type === 'keyword') {
			if (text === 'if') return this.#if();
			if (text === 'while') return this.#while();
			if (text === 'do') return this.#do();
			if (text === 'for') return this.#for();
			if (text === 'switch') return this.#switch();
		}

		const simple = this.#simple();
		this.#endSimple();
		return simple;
	}

	#endSimple(): void {
		if (this.token.type === 'newline' || this.isMark(';')) this.take();
		else if (!this.isMark('}') && this.token.type !== 'end') throw this.unexpected();
	}

	/** The statement that a condition governs. */
	#body(): Statement {
		this.skipNewlines();
		return this.#statement();
	}

	#condition(): Expression {
		this.expectMark('(');
		const condition = this.expression();
		this.expectMark(')');
		return condition;
	}

	#if(): Statement {
		const {line} = this.take();
		const condition = this.#condition();
		const then = this.#body();
		let ahead = 0;
		while (this.peek(ahead).type === 'newline' || (this.peek(ahead).type === 'mark' && this.peek(ahead).text === ';')) ahead++;
		const found = this.peek(ahead);
		if (found.type !== 'keyword' || found.text !== 'else') return {type: 'if', condition, then, line};
		this.#skipEnds();
		this.take();
		return {type: 'if', condition, then, otherwise: this.#body(), line};
	}

	#while(): Statement {
		const {line} = this.take();
		const condition = this.#condition();
		if (this.takeMark(';')) return {type: 'while', condition, body: {type: 'block', body: [], line}, line};
		return {type: 'while', condition, body: this.#body(), line};
	}

	#do(): Statement {
		const {line} = this.take();
		const body = this.#body();
		this.#skipEnds();
		if (!this.takeKeyword('while')) throw this.unexpected();
		const condition = this.#condition();
		this.#endSimple();
		return {type: 'do', condition, body, line};
	}

	#for(): Statement {
		const {line} = this.take();
		this.expectMark('(');
		if (this.token.type === 'name' && this.next.text === 'in' && this.peek(2).type === 'name' && this.peek(3).text === ')') {
			const target = {type: 'variable' as const, ...this.arrayName()};
			this.take();
			const array = this.arrayName();
			this.take();
			return {type: 'each', target, array, body: this.#body(), line};
		}

		const first = this.isMark(';') ? undefined : this.#simple();
		this.expectMark(';');
		this.skipNewlines();
		const condition = this.isMark(';') ? undefined : this.expression();
		this.expectMark(';');
		this.skipNewlines();
		const after = this.isMark(')') ? undefined : this.#simple();
		this.expectMark(')');
		const body: Statement = this.takeMark(';') ? {type: 'block', body: [], line} : this.#body();
		return {type: 'for', first, condition, after, body, line};
	}

	#switch(): Statement {
		const {line} = this.take();
		const value = this.#condition();
		this.skipNewlines();
		this.expectMark('{');
		const cases: Case[] = [];
		for (this.#skipEnds(); !this.takeMark('}'); this.#skipEnds()) {
			const isDefault = this.takeKeyword('default');
			if (!isDefault && !this.takeKeyword('case')) throw this.unexpected();
			const label = isDefault ? undefined : this.expression();
			this.expectMark(':');
			const body: Statement[] = [];
			for (this.#skipEnds(); !this.isKeyword('case') && !this.isKeyword('default') && !this.isMark('}'); this.#skipEnds())
				body.push(this.#statement());
			cases.push({value: label, body});
		}

		return {type: 'switch', value, cases, line};
	}

	#simple(): Statement {
		const {line, type, text} = this.token;
		if (type !== 'keyword' || text === 'getline') return {type: 'expression', expression: this.expression(), line};
		this.take();
		switch (text) {
			case 'print':
			case 'printf':
				return this.#print(text, line);
			case 'next':
			case 'nextfile':
			case 'break':
			case 'continue':
				return {type: text, line};
			case 'exit':
			case 'return': {
				const ends = ['newline', 'end'].includes(this.token.type) || this.isMark(';') || this.isMark('}');
				return {type: text, value: ends ? undefined : this.expression(), line};
			}

			case 'delete': {
				const array = this.arrayName();
				if (!this.takeMark('[')) return {type: 'delete', array, line};
				const subscripts = this.list();
				this.expectMark(']');
				return {type: 'delete', array, subscripts, line};
			}

			default:
				throw this.unexpected();
		}
	}

	#print(type: 'print' | 'printf', line: number): Statement {
		const args = this.#printed();
		const {text} = this.token;
		if (this.token.type !== 'mark' || (text !== '>' && text !== '>>' && text !== '|')) return {type, args, line};
		this.take();
		const to = this.joined();
		return {type, args, into: {kind: text as Redirection['kind'], to}, line};
	}

	#printed(): readonly Expression[] {
		if (this.#endsPrint(this.token)) return [];
		if (!this.isMark('(') || !this.#endsPrint(this.peek(this.#groupLength()))) return this.list({noGreater: true});
		this.take();
		this.skipNewlines();
		const args = this.list();
		this.skipNewlines();
		this.expectMark(')');
		return args;
	}

	#endsPrint({type, text}: {readonly type: string; readonly text: string}): boolean {
		return type === 'newline' || type === 'end' || (type === 'mark' && [';', '}', '>', '>>', '|'].includes(text));
	}

	/** How many tokens the parentheses ahead hold, both included. */
	#groupLength(): number {
		let depth = 0;
		for (let ahead = 0; ; ahead++) {
			const {type, text} = this.peek(ahead);
			if (type === 'end') return ahead;
			if (type === 'mark' && text === '(') depth++;
			else if (type === 'mark' && text === ')' && --depth === 0) return ahead + 1;
		}
	}
}
