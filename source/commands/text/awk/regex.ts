import {compileRegex} from '../../../shell/regex/regex.js';
import {RegexError} from '../../../regex/regex-error.js';
import {AwkFatal} from './errors.js';

const characters: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', a: '\x07', f: '\f', v: '\v'};
const special = /[\\^$.*+?()[\]{}|]/;

/** awk's regular expressions as POSIX extended ones: escapes name characters, within brackets too. */
function toPosix(source: string): string {
	let result = '';
	for (let at = 0; at < source.length; at++) {
		const character = source[at]!;
		if (character === '[') {
			const end = bracketEnd(source, at);
			if (end === undefined) return result + source.slice(at);
			result += bracket(source.slice(at + 1, end));
			at = end;
		} else if (character !== '\\') result += character;
		else {
			const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1))?.[0];
			const next = source[++at];
			if (next === undefined) result += '\\\\';
			else if (octal) {
				const meant = String.fromCharCode(Number.parseInt(octal, 8));
				result += special.test(meant) ? `\\${meant}` : meant;
				at += octal.length - 1;
			} else if (next in characters) result += characters[next];
			else if (next === 'y') result += '\\b';
			else if (special.test(next) || /[wWsSB<>`']/.test(next)) result += `\\${next}`;
			else result += next;
		}
	}

	return result;
}

function bracketEnd(source: string, start: number): number | undefined {
	let at = start + 1;
	if (source[at] === '^') at++;
	if (source[at] === ']') at++;
	for (; at < source.length; at++) {
		if (source[at] === '\\') at++;
		else if (source[at] === '[' && /[:.=]/.test(source[at + 1] ?? '')) {
			const close = source.indexOf(`${source[at + 1]}]`, at + 2);
			if (close < 0) return undefined;
			at = close + 1;
		} else if (source[at] === ']') return at;
	}

	return undefined;
}

/** POSIX has no escapes within brackets; it has names for characters. */
const bracket = (inside: string): string =>
	`[${inside.replaceAll(/\\(.)/gs, (_, next: string) => characters[next] ?? (/[\]^[-]/.test(next) ? `[.${next}.]` : next))}]`;

/** Why it is no regular expression. */
export function regexProblem(source: string): string | undefined {
	try {
		compileRegex(toPosix(source), {extended: true});
		return undefined;
	} catch (error) {
		if (error instanceof RegexError) return error.message;
		throw error;
	}
}

/** Regular expressions by their source, compiled once. */
export class Regexes {
	readonly #known = new Map<string, RegExp>();

	get(source: string, ignoreCase: boolean): RegExp {
		const key = `${ignoreCase}${source}`;
		let regex = this.#known.get(key);
		if (!regex) {
			try {
				regex = compileRegex(toPosix(source), {extended: true, ignoreCase}).regex;
			} catch (error) {
				if (error instanceof RegexError) throw new AwkFatal(`invalid regexp: ${error.message}: /${source}/`);
				throw error;
			}

			this.#known.set(key, regex);
		}

		regex.lastIndex = 0;
		return regex;
	}
}
