import {copy, isObject, setOwn} from '../values/plain.js';

/** RFC 7396: null takes away, objects merge, everything else replaces. */
export function mergePatch(target: any, patch: any): any {
	if (!isObject(patch)) return isObject(target) ? copy(patch) : withoutNulls(patch);
	const result: Record<string, any> = isObject(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete result[key];
		else setOwn(result, key, mergePatch(result[key], value));
	}

	return result;
}

/** What is new is taken without its nulls, but for those that are items of a list. */
function withoutNulls(value: any): any {
	if (Array.isArray(value)) return value.map(withoutNulls);
	return isObject(value) ? mergePatch({}, value) : value;
}
