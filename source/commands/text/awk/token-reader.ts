import {AwkSyntaxError, syntaxError} from './errors.js';
import {type Source, type Token, tokenize} from './lexer.js';

/** Walks over the tokens of one source text. */
export class TokenReader {
	readonly #source: Source;
	readonly #tokens: readonly Token[];
	#at = 0;

	constructor(source: Source) {
		this.#source = source;
		this.#tokens = tokenize(source);
	}

	protected get token(): Token {
		return this.#tokens[this.#at]!;
	}

	protected get next(): Token {
		return this.peek(1);
	}

	protected peek(ahead: number): Token {
		return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
	}

	protected take(): Token {
		const {token} = this;
		if (token.type !== 'end') this.#at++;
		return token;
	}

	protected isMark(text: string): boolean {
		return this.token.type === 'mark' && this.token.text === text;
	}

	protected isKeyword(text: string): boolean {
		return this.token.type === 'keyword' && this.token.text === text;
	}

	protected takeMark(text: string): boolean {
		const found = this.isMark(text);
		if (found) this.take();
		return found;
	}

	protected takeKeyword(text: string): boolean {
		const found = this.isKeyword(text);
		if (found) this.take();
		return found;
	}

	protected expectMark(text: string): void {
		if (!this.takeMark(text)) throw this.unexpected();
	}

	protected skipNewlines(): void {
		while (this.token.type === 'newline') this.take();
	}

	protected unexpected(): AwkSyntaxError {
		const {type} = this.token;
		return this.fail(type === 'newline' || type === 'end' ? 'unexpected newline or end of string' : 'syntax error');
	}

	/** A mistake that needs no picture. */
	protected error(message: string): AwkSyntaxError {
		return new AwkSyntaxError(`${this.#source.place(this.token.line)}: error: ${message}`);
	}

	protected fail(message: string, token = this.token): AwkSyntaxError {
		// The line end has been read before it is found wrong.
		const line = token.line + (token.type === 'newline' ? 1 : 0);
		return syntaxError(this.#source.text, each => this.#source.place(each), line, token.at, message);
	}
}
