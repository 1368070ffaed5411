import {BoundedRegExp} from '../../../regex/bounded.js';
import {compileRegex} from '../../../shell/regex/regex.js';

export type Syntax = 'basic' | 'extended' | 'fixed' | 'perl';

export interface PatternOptions {
	readonly syntax: Syntax;
	readonly ignoreCase: boolean;
	readonly wholeWords: boolean;
	readonly wholeLines: boolean;
}

/** Where lines match: the parts that do, leftmost and then longest first. */
export class Patterns {
	readonly #regexes: readonly RegExp[];

	/** Throws `RegexError`. */
	constructor(texts: readonly string[], options: PatternOptions) {
		this.#regexes = texts.map(text => compile(text, options));
	}

	matches(line: string): boolean {
		return this.#regexes.some(regex => {
			regex.lastIndex = 0;
			return regex.test(line);
		});
	}

	/** Matches that are not empty, in order. */
	parts(line: string): Array<{readonly at: number; readonly text: string}> {
		const found: Array<{at: number; text: string}> = [];
		for (let from = 0; from <= line.length; ) {
			const best = this.#first(line, from);
			if (!best) break;
			if (best[0] !== '') found.push({at: best.index, text: best[0]});
			from = best.index + Math.max(1, best[0].length);
		}

		return found;
	}

	#first(line: string, from: number): RegExpExecArray | undefined {
		let best: RegExpExecArray | undefined;
		for (const regex of this.#regexes) {
			regex.lastIndex = from;
			const match = regex.exec(line);
			if (match && (!best || match.index < best.index || (match.index === best.index && match[0].length > best[0].length))) best = match;
		}

		return best;
	}
}

function compile(text: string, {syntax, ignoreCase, wholeWords, wholeLines}: PatternOptions): RegExp {
	const source = sourceOf(text, syntax);
	const word = wholeWords ? `(?<![\\p{L}\\p{Nd}_])(?:${source})(?![\\p{L}\\p{Nd}_])` : source;
	return new BoundedRegExp(wholeLines ? `^(?:${source})$` : word, `gsu${ignoreCase ? 'i' : ''}`, {longest: syntax !== 'perl'});
}

function sourceOf(text: string, syntax: Syntax): string {
	if (syntax === 'fixed') return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
	if (syntax === 'perl') return perl(text);
	return compileRegex(text, {extended: syntax === 'extended', loose: true}).regex.source;
}

/** `\K` drops what was matched before it. JavaScript's syntax is Perl's but for that. */
function perl(text: string): string {
	const cut = text.lastIndexOf('\\K');
	const source = cut < 0 ? text : `(?<=${text.slice(0, cut)})${text.slice(cut + 2)}`;
	return source.replaceAll(/\\([<>"'#@!%&~`,:;= -])/g, '$1');
}
