import {safePattern} from './find-location.js';

const read = new Map<string, RegExp>();

/** `~name`, `~*name`: PCRE as far as this engine speaks it; named groups are written otherwise. */
export function readPattern(text: string): RegExp {
	let pattern = read.get(text);
	if (!pattern) {
		const [, ignoreCase, source = ''] = /^~?(\*?)(.*)$/s.exec(text)!;
		read.set(text, (pattern = safePattern(source.replaceAll('(?P<', '(?<'), ignoreCase === '*')));
	}

	return pattern;
}

/** Of `rewrite` and `location`, which have no mark in front. */
export const plainPattern = (text: string): RegExp => readPattern(`~${text}`);

/** `$1` to `$9` and named groups; a group that took no part is empty. */
export function capturesOf(match: RegExpExecArray | null): Readonly<Record<string, string>> {
	const groups = [...(match ?? []).entries(), ...Object.entries(match?.groups ?? {})];
	return Object.fromEntries(groups.map(([name, text]) => [String(name), text ?? '']));
}
