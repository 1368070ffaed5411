import {namedClasses, perlClasses, readEscape, unicodeClass} from './re2-escape.js';
import {complement, rangesSource, type Ranges, withBothCases} from './re2-ranges.js';
import {Re2Error} from './regex-error.js';

/** A class whose `[` opens `rest`: its JavaScript form, and how long it is. */
export function readClass(rest: string, ignoreCase: boolean): {readonly source: string; readonly length: number} {
	const negated = rest[1] === '^';
	const start = negated ? 2 : 1;
	let at = start;
	let source = '';
	const add = (ranges: Ranges) => {
		source += rangesSource(ignoreCase ? withBothCases(ranges) : ranges);
	};

	while (rest[at] !== ']' || at === start) {
		const left = rest.slice(at);
		const named = /^\[:(\^?)([^\]]*?):\]/.exec(left);
		const unicode = unicodeClass(left);
		const perl = perlClasses[left.slice(0, 2)];
		if (named) {
			const ranges = Object.hasOwn(namedClasses, named[2]!) ? namedClasses[named[2]!] : undefined;
			if (!ranges) throw new Re2Error('invalid character class range', named[0]);
			add(named[1] ? complement(ranges) : ranges);
			at += named[0].length;
		} else if (unicode) {
			source += unicode.source;
			at += unicode.length;
		} else if (perl) {
			add(perl);
			at += 2;
		} else {
			const [low, afterLow] = member(rest, at);
			const isRange = rest[afterLow] === '-' && rest[afterLow + 1] !== undefined && rest[afterLow + 1] !== ']';
			const [high, end] = isRange ? member(rest, afterLow + 1) : [low, afterLow];
			if (high < low) throw new Re2Error('invalid character class range', rest.slice(at, end));
			add([[low, high]]);
			at = end;
		}
	}

	return {source: `[${negated ? '^' : ''}${source}]`, length: at + 1};
}

/** One character of a class, and where it ends. */
function member(rest: string, at: number): readonly [point: number, end: number] {
	const point = rest.codePointAt(at);
	if (point === undefined) throw new Re2Error('missing closing ]', rest);
	if (rest[at] !== '\\') return [point, at + (point > 0xff_ff ? 2 : 1)];
	const escaped = readEscape(rest.slice(at));
	return [escaped.point, at + escaped.length];
}
