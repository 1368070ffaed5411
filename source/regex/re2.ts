import {BoundedRegExp} from './bounded.js';
import {readClass} from './re2-class.js';
import {perlClasses, readEscape, unicodeClass} from './re2-escape.js';
import {rangesSource, withBothCases} from './re2-ranges.js';
import {Re2Error, RegexError} from './regex-error.js';

type Flag = 'i' | 'm' | 's' | 'U';
type Flags = ReadonlySet<Flag>;

const repeatMax = 1000;

const remembered = new Map<string, RegExp>();

/** A regular expression as Go reads it (regexp/syntax), as a JavaScript one. Throws `Re2Error`. */
export function compileRe2(pattern: string): RegExp {
	let known = remembered.get(pattern);
	if (known) return known;
	known = new BoundedRegExp(new Translation(pattern).run(), 'u');
	if (remembered.size > 1000) remembered.clear();
	remembered.set(pattern, known);
	return known;
}

/** Why a pattern cannot be read. */
export function re2Problem(pattern: string): string | undefined {
	try {
		compileRe2(pattern);
		return undefined;
	} catch (error) {
		if (error instanceof Re2Error || error instanceof RegexError) return error.message;
		throw error;
	}
}

/** The first `limit` matches, none of which overlaps another; an empty one right after a match does not count. */
export function findAllRe2(pattern: string, text: string, limit = Number.POSITIVE_INFINITY): string[] {
	const regex = new BoundedRegExp(compileRe2(pattern).source, 'gu');
	const found: string[] = [];
	let end = -1;
	while (found.length < limit) {
		const match = regex.exec(text);
		if (!match) break;
		if (match[0] !== '' || match.index !== end) found.push(match[0]);
		end = match.index + match[0].length;
		if (match[0] === '') regex.lastIndex += (text.codePointAt(end) ?? 0) > 0xff_ff ? 2 : 1;
	}

	return found;
}

/** Escapes that stand for a place in the text. */
const places: Readonly<Record<string, string>> = {
	'\\A': '(?:(?<![\\s\\S]))',
	'\\z': '(?:(?![\\s\\S]))',
	'\\b': '(?:\\b)',
	'\\B': '(?:\\B)',
};

class Translation {
	readonly #pattern: string;
	#at = 0;
	#source = '';
	#flags: Flags = new Set();
	/** What the flags were outside of each group that is open. */
	readonly #open: Flags[] = [];
	/** Whether there is something before that a repetition could repeat. */
	#repeatable = false;
	/** Where a repetition begins that nothing came after yet. */
	#repeated: number | undefined;

	constructor(pattern: string) {
		this.#pattern = pattern;
	}

	run(): string {
		while (this.#at < this.#pattern.length) this.#step(this.#pattern.slice(this.#at));
		if (this.#open.length > 0) throw new Re2Error('missing closing )', this.#pattern);
		return this.#source;
	}

	#step(rest: string): void {
		const repetition = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})/.exec(rest);
		if (repetition) {
			this.#repeat(repetition, rest);
			return;
		}

		this.#repeated = undefined;
		const flag = (name: Flag) => this.#flags.has(name);
		if (rest.startsWith('(?')) this.#perlGroup(rest);
		else if (rest.startsWith('\\Q')) this.#quoted(rest);
		else if (rest[0] === '(') this.#group('(', 1, this.#flags);
		else if (rest[0] === ')') this.#close();
		else if (rest[0] === '|') this.#add('|', 1, false);
		else if (rest[0] === '\\') this.#escape(rest);
		else if (rest[0] === '.') this.#add(flag('s') ? '[\\s\\S]' : '[^\\n]', 1);
		else if (rest[0] === '^') this.#add(flag('m') ? '(?:(?<![^\\n]))' : places['\\A']!, 1);
		else if (rest[0] === '$') this.#add(flag('m') ? '(?:(?![^\\n]))' : places['\\z']!, 1);
		else if (rest[0] === '[') {
			const {source, length} = readClass(rest, flag('i'));
			this.#add(source, length);
		} else this.#literal(rest.codePointAt(0)!);
	}

	#add(source: string, taken: number, repeatable = true): void {
		this.#source += source;
		this.#at += taken;
		this.#repeatable = repeatable;
	}

	#literal(point: number, taken = point > 0xff_ff ? 2 : 1): void {
		const one = [[point, point]] as const;
		const all = this.#flags.has('i') ? withBothCases(one) : one;
		const isPlain = all.length === 1 && /^\w$/.test(String.fromCodePoint(point));
		const source = rangesSource(all);
		this.#add(isPlain ? String.fromCodePoint(point) : all.length === 1 ? source : `[${source}]`, taken);
	}

	#escape(rest: string): void {
		const two = rest.slice(0, 2);
		const unicode = unicodeClass(rest);
		if (Object.hasOwn(places, two)) this.#add(places[two]!, 2);
		else if (unicode) this.#add(unicode.source, unicode.length);
		else if (Object.hasOwn(perlClasses, two)) this.#add(`[${rangesSource(perlClasses[two]!)}]`, 2);
		else {
			const {point, length} = readEscape(rest);
			this.#literal(point, length);
		}
	}

	#quoted(rest: string): void {
		const end = rest.indexOf('\\E');
		for (const one of rest.slice(2, end === -1 ? undefined : end)) this.#literal(one.codePointAt(0)!, 0);
		this.#at += end === -1 ? rest.length : end + 2;
	}

	#group(source: string, taken: number, inside: Flags): void {
		this.#open.push(this.#flags);
		this.#flags = inside;
		this.#add(source, taken, false);
	}

	#close(): void {
		const outside = this.#open.pop();
		if (!outside) throw new Re2Error('unexpected )', this.#pattern);
		this.#flags = outside;
		this.#add(')', 1);
	}

	#perlGroup(rest: string): void {
		const opening = /^\(\?P?</.exec(rest)?.[0];
		if (opening) {
			const end = rest.indexOf('>');
			if (!/^\w+$/.test(rest.slice(opening.length, Math.max(end, 0))))
				throw new Re2Error('invalid named capture', end < 0 ? rest : rest.slice(0, end + 1));
			this.#group('(', end + 1, this.#flags);
			return;
		}

		const found = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
		if (!found) throw new Re2Error('invalid or unsupported Perl syntax', /^\(\?[imsU-]*.?/su.exec(rest)![0]);
		const [all, on = '', off = '', closing] = found;
		const flags = new Set(this.#flags);
		for (const flag of on) flags.add(flag as Flag);
		for (const flag of off) flags.delete(flag as Flag);
		if (closing === ':') this.#group('(?:', all.length, flags);
		else {
			this.#flags = flags;
			this.#at += all.length;
		}
	}

	#repeat([all, low, high]: RegExpExecArray, rest: string): void {
		if (low !== undefined && Math.max(Number(low), Number(high ?? 0)) > repeatMax) throw new Re2Error('invalid repeat count', all);
		if (high && Number(high) < Number(low)) throw new Re2Error('invalid repeat count', all);
		const lazy = rest[all.length] === '?';
		const start = this.#at;
		this.#at += all.length + (lazy ? 1 : 0);
		if (this.#repeated !== undefined)
			throw new Re2Error('invalid nested repetition operator', this.#pattern.slice(this.#repeated, this.#at));
		if (!this.#repeatable) throw new Re2Error('missing argument to repetition operator', this.#pattern.slice(start, this.#at));
		this.#source += `${all}${lazy === this.#flags.has('U') ? '' : '?'}`;
		this.#repeated = start;
	}
}
