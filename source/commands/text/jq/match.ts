import {BoundedRegExp} from '../../../regex/bounded.js';
import {short} from './halt.js';
import {isList, JqError, typeOf, type Value} from './value.js';

/** All matches of a pattern, as jq describes them: offsets count characters. Oniguruma's syntax is near enough to ECMAScript's. */
export function matches(value: Value, pattern: Value, flags: Value): readonly Value[] {
	if (typeof value !== 'string') throw new JqError(`${typeOf(value)} (${short(value)}) cannot be matched, as it is not a string`);
	if (typeof pattern !== 'string') throw new JqError(`${typeOf(pattern)} (${short(pattern)}) cannot be matched, as it is not a string`);
	if (flags !== null && typeof flags !== 'string') throw new JqError(`${typeOf(flags)} (${short(flags)}) is not a string`);
	const letters = flags ?? '';
	if (isList(flags) || /[^gimnsxlp]/.test(letters)) throw new JqError(`${letters} is not a valid modifier string`);
	const global = letters.includes('g');
	const source = letters.includes('x')
		? pattern.replaceAll(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*/gs, part => (/^[\s#]/.test(part) ? '' : part))
		: pattern;
	const regex = compile(
		source
			.replaceAll('(?<', '(?<')
			.replaceAll('\\h', '[0-9a-fA-F]')
			.replaceAll('[[:alpha:]]', '[a-zA-Z]')
			.replaceAll('[[:digit:]]', '\\d')
			.replaceAll('[[:space:]]', '\\s'),
		`dgu${letters.includes('i') ? 'i' : ''}${/[sp]/.test(letters) ? 's' : ''}m`,
	);
	const at = (units: number) => [...value.slice(0, units)].length;
	const names = new Map([...source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name]) => [nameIndex(source, name!), name!]));
	const result: Value[] = [];
	for (const found of value.matchAll(regex)) {
		if (letters.includes('n') && found[0] === '') continue;
		const captures = found.slice(1).map((text, index): Value => {
			const place = (found as any).indices[index + 1];
			return new Map<string, Value>([
				['offset', place ? at(place[0]) : -1],
				['length', text === undefined ? 0 : [...text].length],
				['string', text ?? null],
				['name', names.get(index + 1) ?? null],
			]);
		});
		result.push(
			new Map<string, Value>([
				['offset', at(found.index)],
				['length', [...found[0]].length],
				['string', found[0]],
				['captures', captures],
			]),
		);
		if (!global) break;
	}

	return result;
}

function compile(source: string, flags: string): RegExp {
	try {
		return new BoundedRegExp(source, flags);
	} catch {
		try {
			return new BoundedRegExp(source, flags.replace('u', ''));
		} catch {
			throw new JqError(`${source} (at offset 0) is not a valid regex`);
		}
	}
}

/** Which group of the pattern, counted from its left, has this name. */
function nameIndex(source: string, name: string): number {
	const before = source.slice(0, source.indexOf(`(?<${name}>`));
	return (before.replaceAll(/\\./g, '').match(/\((?!\?(?!<[a-zA-Z]))/g) ?? []).length + 1;
}
