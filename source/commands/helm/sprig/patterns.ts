import type {GoFunction} from '../../go-template/functions.js';
import {GoStruct} from '../../go-template/go-value.js';
import {fail} from './cast.js';
import {compareVersions, parseConstraint, parseVersion, type Version, versionText} from './semver.js';

type Table = Readonly<Record<string, GoFunction>>;

/** RE2's way of writing a pattern, as JavaScript's. */
export function goPattern(pattern: string, flags = ''): RegExp {
	const inline = /^\(\?([imsU]+)\)/.exec(pattern);
	const body = (inline ? pattern.slice(inline[0].length) : pattern)
		.replaceAll('(?P<', '(?<')
		.replaceAll('\\A', '^')
		.replaceAll('\\z', '$')
		.replaceAll('[[:alnum:]]', '[0-9A-Za-z]')
		.replaceAll('[[:alpha:]]', '[A-Za-z]')
		.replaceAll('[:alnum:]', '0-9A-Za-z')
		.replaceAll('[:alpha:]', 'A-Za-z')
		.replaceAll('[:digit:]', '0-9')
		.replaceAll('[:lower:]', 'a-z')
		.replaceAll('[:upper:]', 'A-Z')
		.replaceAll('[:space:]', '\\s');
	if (/\(\?<?[=!]/.test(body))
		return fail(`error parsing regexp: invalid or unsupported Perl syntax: \`${/\(\?<?[=!]/.exec(body)![0].slice(0, 3)}\``);
	try {
		return new RegExp(body, flags + (inline?.[1] ?? '').replace('U', ''));
	} catch {
		return fail(`error parsing regexp: invalid pattern: \`${pattern}\``);
	}
}

/** `${1}` and `$name` of a Go replacement. */
const goReplacement =
	(text: string) =>
	(...match: unknown[]) => {
		const groups = typeof match.at(-1) === 'object' ? (match.at(-1) as Record<string, string>) : {};
		return text.replace(/\$(?:\{(\w+)\}|(\w+)|\$)/g, (whole, braced?: string, bare?: string) => {
			const name = braced ?? bare;
			if (name === undefined) return whole === '$$' ? '$' : whole;
			return String((/^\d+$/.test(name) ? (Number(name) < match.length - 2 ? match[Number(name)] : '') : groups[name]) ?? '');
		});
	};

const findAll = (pattern: string, text: string, count: bigint): string[] => {
	const all = [...text.matchAll(goPattern(pattern, 'g'))].map(match => match[0]);
	return count < 0n ? all : all.slice(0, Number(count));
};

const split = (pattern: string, text: string, count: bigint): string[] => {
	if (count === 0n) return [];
	const parts: string[] = [];
	let from = 0;
	for (const match of text.matchAll(goPattern(pattern, 'g'))) {
		if (count > 0n && parts.length === Number(count) - 1) break;
		if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue;
		parts.push(text.slice(from, match.index));
		from = match.index + match[0].length;
	}

	return [...parts, text.slice(from)];
};

const replaceAll = (pattern: string, text: string, by: string) => text.replace(goPattern(pattern, 'g'), goReplacement(by));
const replaceLiteral = (pattern: string, text: string, by: string) => text.replace(goPattern(pattern, 'g'), () => by);
const isMatch = (pattern: string, text: string) => goPattern(pattern).test(text);
const find = (pattern: string, text: string) => goPattern(pattern).exec(text)?.[0] ?? '';

export const patterns: Table = {
	regexMatch: ['ss', isMatch],
	mustRegexMatch: ['ss', isMatch],
	regexFindAll: ['ssi', findAll],
	mustRegexFindAll: ['ssi', findAll],
	regexFind: ['ss', find],
	mustRegexFind: ['ss', find],
	regexReplaceAll: ['sss', replaceAll],
	mustRegexReplaceAll: ['sss', replaceAll],
	regexReplaceAllLiteral: ['sss', replaceLiteral],
	mustRegexReplaceAllLiteral: ['sss', replaceLiteral],
	regexSplit: ['ssi', split],
	mustRegexSplit: ['ssi', split],
	regexQuoteMeta: ['s', (text: string) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')],
};

const versionOf = (text: string): Version => parseVersion(text) ?? fail(text === '' ? 'Version string empty' : 'Invalid Semantic Version');

/** A version with the fields and methods that templates use. */
export function versionStruct(version: Version): GoStruct {
	const [major, minor, patch] = version.numbers.map(BigInt);
	return new GoStruct(
		'*semver.Version',
		{},
		{
			Major: () => major,
			Minor: () => minor,
			Patch: () => patch,
			Prerelease: () => version.prerelease,
			Metadata: () => version.metadata,
			Original: () => version.original,
			String: () => versionText(version),
			Compare: (other: GoStruct) => BigInt(compareVersions(version, versionOf(other.text ?? ''))),
		},
		versionText(version),
	);
}

const constraintOf = (text: string) => parseConstraint(text) ?? fail(`improper constraint: ${text}`);

export const versions: Table = {
	semver: ['s', (text: string) => versionStruct(versionOf(text))],
	semverCompare: ['ss', (constraint: string, text: string) => constraintOf(constraint)(versionOf(text))],
};
