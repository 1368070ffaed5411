import type {Runtime, SpecialFunction} from './runtime.js';
import type {Expression, Target} from './syntax.js';
import {numberOf} from './values.js';

/** `&` is what matched, `\\&` an ampersand; gensub knows `\\1` too. */
function filled(replacement: string, match: RegExpExecArray, groups: boolean): string {
	return replacement.replaceAll(/\\(\\(?=\\?&)|[&\d\\])|&/g, (whole, protectedText?: string) => {
		if (protectedText === undefined) return match[0];
		if (protectedText === '&') return '&';
		if (groups && /\d/.test(protectedText)) return match[Number(protectedText)] ?? '';
		if (protectedText === '\\') return groups || whole.length > 1 ? '\\' : whole;
		return whole;
	});
}

/** `which`: the number of the match to replace, or all of them. */
export function substitute(text: string, regex: RegExp, replacement: string, which: number | 'all', groups = false) {
	let result = '';
	let from = 0;
	let count = 0;
	let seen = 0;
	let lastEnd = -1;
	regex.lastIndex = 0;
	for (let match = regex.exec(text); match; match = regex.exec(text)) {
		const end = match.index + match[0].length;
		if (match[0] === '') regex.lastIndex = end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
		// An empty match right behind a match does not count.
		if (match[0] === '' && match.index === lastEnd) continue;
		lastEnd = end;
		seen++;
		if (which !== 'all' && seen !== which) continue;
		count++;
		result += text.slice(from, match.index) + filled(replacement, match, groups);
		from = end;
		if (which !== 'all') break;
	}

	return {text: result + text.slice(from), count};
}

const isTarget = (expression: Expression): expression is Target => ['variable', 'element', 'field'].includes(expression.type);
const record: Target = {type: 'field', index: {type: 'number', value: 0}};

const replaceIn = (which: number | 'all'): SpecialFunction =>
	function* (args, runtime: Runtime) {
		const regex = yield* runtime.regex(args[0]!);
		const replacement = runtime.text(yield* runtime.evaluate(args[1]!));
		const target = args[2] ?? record;
		const before = runtime.text(yield* runtime.evaluate(target));
		const {text, count} = substitute(before, regex, replacement, which);
		if (count > 0 && isTarget(target)) yield* runtime.assign(target, text);
		return count;
	};

export const regexFunctions: Readonly<Record<string, SpecialFunction>> = {
	sub: replaceIn(1),
	gsub: replaceIn('all'),
	/** Changes nothing, and answers the text. */
	*gensub(args, runtime) {
		const regex = yield* runtime.regex(args[0]!);
		const replacement = runtime.text(yield* runtime.evaluate(args[1]!));
		const how = yield* runtime.evaluate(args[2]!);
		const text = runtime.text(yield* runtime.evaluate(args[3] ?? record));
		const all = /^[gG]/.test(runtime.text(how));
		const nth = numberOf(how);
		if (!all && nth < 1) runtime.warn(`gensub: third argument \`${runtime.text(how)}' treated as 1`);
		return substitute(text, regex, replacement, all ? 'all' : Math.max(1, Math.trunc(nth)), true).text;
	},
	/** Sets RSTART and RLENGTH; a third argument takes the groups. */
	*match(args, runtime) {
		const text = runtime.text(yield* runtime.evaluate(args[0]!));
		const regex = yield* runtime.regex(args[1]!);
		const match = regex.exec(text);
		const length = (end: number) => [...text.slice(0, end)].length;
		const start = match ? length(match.index) + 1 : 0;
		runtime.global('RSTART', start);
		runtime.global('RLENGTH', match ? [...match[0]].length : -1);
		if (!args[2]) return start;
		const {elements} = runtime.array(args[2]);
		elements.clear();
		const separator = runtime.subscriptSeparator();
		for (const [index, range] of (match?.indices ?? []).entries()) {
			if (!range) continue;
			elements.set(String(index), text.slice(...range));
			elements.set(`${index}${separator}start`, length(range[0]) + 1);
			elements.set(`${index}${separator}length`, [...text.slice(...range)].length);
		}

		return start;
	},
};
