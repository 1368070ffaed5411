import {copy, isObject, setOwn} from '../values/plain.js';

/** RFC 7396: null takes away, objects merge, everything else replaces. */
export function mergePatch(target: any, patch: any): any {
	if (!isObject(patch)) return copy(patch);
	const result: Record<string, any> = isObject(target) ? {...target} : {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) delete result[key];
		else setOwn(result, key, mergePatch(result[key], value));
	}

	return result;
}
