import {copy, equal, isObject} from '../../source/api/values/plain.js';
import {idOf, type Line, type Result, tally} from './case.js';
import {decodeQuietly} from './decode-quietly.js';
import {kindOf} from './types.js';

/** What the versioned defaults make of an object. */
export function run(lines: readonly Line[]): Result {
	return tally(
		lines,
		({given, expected}) => {
			const kind = kindOf(given.object);
			if (!kind) return `no kind ${given.object.kind}`;
			const draft = decodeQuietly(kind, copy(given.object));
			kind.defaults?.(draft);
			const [found, wanted] = [tidy(draft), tidy(expected.object)];
			return equal(found, wanted) || `${JSON.stringify(found)}\n    not ${JSON.stringify(wanted)}`;
		},
		idOf,
	);
}

/** Nulls and empty maps do not count. */
function tidy(value: any): any {
	if (Array.isArray(value)) return value.map(item => tidy(item) ?? {});
	if (!isObject(value)) return value === null ? undefined : value;
	const entries = Object.keys(value)
		.sort()
		.map(key => [key, tidy(value[key])] as const)
		.filter(([, inner]) => inner !== undefined);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
