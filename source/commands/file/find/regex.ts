import {RegexError} from '../../../regex/regex-error.js';
import {parseDate} from '../../host/clock/date-text.js';
import {compileRegex} from '../../../shell/regex/regex.js';
import {ExpressionError, NotSimulated} from './entry.js';
import type {Predicate} from './predicate.js';

/** Emacs' regular expressions, which are find's unless `-regextype` says otherwise: brackets and bars want a backslash, `+` and `?` do not. */
const fromEmacs = (text: string): string =>
	text.replaceAll(
		/\\([(){}|])|\[\^?\]?[^\]]*\]|[(){}|]|\\./g,
		(piece, sign: string | undefined) => sign ?? (piece.length === 1 ? `\\${piece}` : piece),
	);

/** `-regex`, `-iregex`: of the whole path. */
export const byRegex =
	(ignoreCase: boolean): Predicate =>
	(words, {regexType}, name) => {
		const text = words.next(name);
		const extended = /^(?:posix-)?(?:extended|egrep|awk|posix-awk|posix-egrep|posix-extended|gnu-awk)$/.test(regexType);
		const basic = /^(?:posix-basic|grep|sed|ed|posix-minimal-basic)$/.test(regexType);
		if (!extended && !basic && regexType !== 'emacs' && regexType !== 'findutils-default')
			throw new NotSimulated(`find -regextype ${regexType}`);
		try {
			const {regex} = compileRegex(extended || basic ? text : fromEmacs(text), {extended: !basic, ignoreCase});
			return function* ({shown}) {
				regex.lastIndex = 0;
				const match = regex.exec(shown);
				return match !== null && match.index === 0 && match[0].length === shown.length;
			};
		} catch (error) {
			if (!(error instanceof RegexError)) throw error;
			throw new ExpressionError(`failed to compile regular expression '${text}': ${error.message}`);
		}
	};

/** `-newermt '2 days ago'`. */
export const newerThanDate: Predicate = (words, _, name) => {
	const text = words.next(name);
	return function* ({stat}, {nowMs}) {
		const atMs = parseDate(text, nowMs);
		if (atMs === undefined) throw new ExpressionError(`I cannot figure out how to interpret ‘${text}’ as a date or time`);
		return stat.mtimeMs > atMs;
	};
};

/** What GNU's has beside these. */
export const lacking: Readonly<Record<string, Predicate>> = Object.fromEntries(
	'anewer cnewer amin atime cmin ctime fstype context used inum samefile lname ilname links nouser nogroup newerma newermc newerat newerct newermB'
		.split(' ')
		.map(name => [
			`-${name}`,
			() => {
				throw new NotSimulated(`find -${name}`);
			},
		]),
);
