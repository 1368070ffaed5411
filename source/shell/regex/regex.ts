import {BoundedRegExp} from '../../regex/bounded.js';
import {bracket} from './bracket.js';
import {RegexError} from '../../regex/regex-error.js';

export interface RegexOptions {
	/** Extended syntax: `( ) | + ? {` have their meaning without a backslash. */
	readonly extended?: boolean;
	readonly ignoreCase?: boolean;
	/** Extended, as grep has it: a repetition of nothing and a `)` alone are no mistakes. */
	readonly loose?: boolean;
	/** `^` and `$` also match at lines within the text. */
	readonly multiline?: boolean;
}

/** A POSIX regular expression with GNU's additions (`\w \b \< \+`), as a JavaScript one. Throws `RegexError`. Source: regex(7), regcomp(3). */
export function compileRegex(pattern: string, options: RegexOptions = {}): {readonly regex: RegExp; readonly groups: number} {
	const translation = new Translation([...pattern], options);
	const source = translation.run();
	const flags = `gsud${options.ignoreCase ? 'i' : ''}${options.multiline ? 'm' : ''}`;
	try {
		return {regex: new BoundedRegExp(source, flags, {longest: true}), groups: translation.groups};
	} catch {
		throw new RegexError('Invalid regular expression');
	}
}

const escapes: Readonly<Record<string, string>> = {
	w: '[\\p{L}\\p{Nd}_]',
	W: '[^\\p{L}\\p{Nd}_]',
	s: '\\s',
	S: '\\S',
	b: '\\b',
	B: '\\B',
	'<': '\\b(?=\\w)',
	'>': '\\b(?<=\\w)',
	'`': '(?<![^])',
	"'": '(?![^])',
};

/** Operators by their written form, for either syntax. */
type Operator = '(' | ')' | '|' | '{' | '+' | '?' | '*' | '^' | '$' | '.' | '[';
const always = new Set(['*', '^', '$', '.', '[']);
const withBackslashInBasic = new Set(['(', ')', '|', '{', '+', '?']);

class Translation {
	readonly pattern: readonly string[];
	readonly extended: boolean;
	groups = 0;
	readonly #loose: boolean;
	#at = 0;
	#source = '';
	/** Nothing yet that `*` could repeat. */
	#fresh = true;
	readonly #open: number[] = [];
	readonly #closed = new Set<number>();

	constructor(pattern: readonly string[], {extended = false, loose = false}: RegexOptions) {
		this.pattern = pattern;
		this.extended = extended;
		this.#loose = loose;
	}

	run(): string {
		while (this.#at < this.pattern.length) this.#step();
		if (this.#open.length > 0) throw new RegexError('Unmatched ( or \\(');
		return this.#source;
	}

	#step(): void {
		const character = this.pattern[this.#at]!;
		if (character === '\\') {
			const next = this.pattern[this.#at + 1];
			if (next === undefined) throw new RegexError('Trailing backslash');
			this.#at += 2;
			if (!this.extended && withBackslashInBasic.has(next)) this.#operator(next as Operator);
			else this.#escaped(next);
			return;
		}

		this.#at++;
		if (always.has(character) || (this.extended && withBackslashInBasic.has(character))) this.#operator(character as Operator);
		else this.#literal(character);
	}

	#literal(character: string): void {
		this.#source += /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
		this.#fresh = false;
	}

	#escaped(next: string): void {
		if (next >= '1' && next <= '9') {
			if (!this.#closed.has(Number(next))) throw new RegexError('Invalid back reference');
			this.#source += `(?:\\${next})`;
		} else if (next in escapes) this.#source += escapes[next];
		else {
			this.#literal(next);
			return;
		}

		this.#fresh = false;
	}

	#operator(operator: Operator): void {
		if (operator === '(') {
			this.#open.push(++this.groups);
			this.#add('(', true);
		} else if (operator === ')') {
			const group = this.#open.pop();
			if (group === undefined && this.#loose && this.extended) {
				this.#literal(')');
				return;
			}

			if (group === undefined) throw new RegexError('Unmatched ) or \\)');
			this.#closed.add(group);
			this.#add(')', false);
		} else if (operator === '|') this.#add('|', true);
		else if (operator === '.') this.#add('.', false);
		else if (operator === '[') {
			const {source, end} = bracket(this.pattern, this.#at - 1);
			this.#at = end;
			this.#add(source, false);
		} else if (operator === '^') this.#caret();
		else if (operator === '$') this.#dollar();
		else if (operator === '{') this.#interval();
		else this.#repeat(operator);
	}

	#add(source: string, fresh: boolean): void {
		this.#source += source;
		this.#fresh = fresh;
	}

	/** In basic syntax an anchor only where an expression begins. */
	#caret(): void {
		if (this.extended || this.#fresh) this.#add('^', true);
		else this.#literal('^');
	}

	#dollar(): void {
		const rest = this.pattern.slice(this.#at, this.#at + 2).join('');
		if (this.extended || rest === '' || rest === '\\)' || rest === '\\|') this.#add('$', false);
		else this.#literal('$');
	}

	#repeat(operator: '*' | '+' | '?'): void {
		if (!this.#fresh) this.#quantify(operator);
		else if (!this.extended) this.#literal(operator);
		else if (this.#loose) this.#fresh = true;
		else throw new RegexError('Invalid preceding regular expression');
	}

	/** A repetition of a repetition is allowed: `a**`. */
	#quantify(quantifier: string): void {
		const repeated = /[*+?}]$/.test(this.#source) && !/\\.$/.test(this.#source);
		this.#source = repeated ? `${wrapLast(this.#source)}${quantifier}` : `${this.#source}${quantifier}`;
	}

	#interval(): void {
		const text = this.pattern.slice(this.#at).join('');
		const found = /^(\d*)(,?)(\d*)(\\?)\}/.exec(text);
		const closed = found && (found[4] === '\\') === !this.extended && (found[1] !== '' || found[2] !== '');
		if (!closed) {
			if (this.extended) {
				this.#literal('{');
				return;
			}

			throw new RegexError(/\\\}/.test(text) ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
		}

		if (this.#fresh) throw new RegexError('Invalid preceding regular expression');
		const [all, low = '', comma, high = ''] = found;
		if (high !== '' && Number(low || 0) > Number(high)) throw new RegexError('Invalid content of \\{\\}');
		if (Math.max(Number(low), Number(high)) > 32_767) throw new RegexError('Regular expression too big');
		this.#at += [...all].length;
		this.#quantify(comma ? `{${low || '0'},${high}}` : `{${low}}`);
	}
}

/** Puts the last repeated element in a group of its own, so that it can be repeated again. */
function wrapLast(source: string): string {
	const found = /(\\[\s\S]|\[(?:\\.|[^\]])*\]|\((?:[^()\\]|\\.)*\)|.)(?:[*+?]|\{[\d,]*\})$/su.exec(source);
	return found ? `${source.slice(0, found.index)}(?:${found[0]})` : source;
}
