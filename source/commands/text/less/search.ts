import {RegexError} from '../../../regex/regex-error.js';
import {compileRegex} from '../../../shell/regex/regex.js';
import type {LessOptions} from './options.js';

export interface Search {
	readonly pattern: string;
	readonly regex: RegExp;
	readonly forward: boolean;
	/** `/!pods`: lines without it. */
	readonly inverted: boolean;
}

/** The signs that may stand in front of a pattern, as they are typed and as the prompt names them. */
export const modifiers: Readonly<Record<string, string>> = {
	'!': 'Non-match ',
	'ctrl-n': 'Non-match ',
	'ctrl-r': 'Regex-off ',
	'ctrl-k': 'Keep-pos ',
	'ctrl-w': 'Wrap ',
};

/** Extended, as less is built with GNU's; a capital letter makes `-i` mind the case. Or what is wrong with the pattern. */
export function compileSearch(pattern: string, {on}: LessOptions, kinds: string, forward: boolean): Search | string {
	const ignoreCase = on.has('I') || (on.has('i') && !/\p{Lu}/u.test(pattern));
	const text = kinds.includes('Regex-off') ? pattern.replaceAll(/[.[\]*^$+?(){}|\\]/g, String.raw`\$&`) : pattern;
	try {
		return {pattern, regex: compileRegex(text, {extended: true, ignoreCase}).regex, forward, inverted: kinds.includes('Non-match')};
	} catch (error) {
		if (!(error instanceof RegexError)) throw error;
		return 'Invalid pattern';
	}
}

/** Where the pattern is in a line. */
export function matchesIn(line: string, {regex}: Search): Array<readonly [from: number, to: number]> {
	regex.lastIndex = 0;
	const found: Array<readonly [number, number]> = [];
	for (const match of line.matchAll(regex)) found.push([match.index, match.index + match[0].length]);
	return found;
}
