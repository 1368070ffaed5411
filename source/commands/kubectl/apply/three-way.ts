import {equal, isObject} from '../../../api/values/plain.js';
import type {TypeSchema} from '../../../api/schema/schema.js';
import {deletePrefix, directive, itemOf, lookup, orderPrefix, retainKeys} from '../../../api/patch/strategic-merge.js';
import {patchesConflict} from './conflicts.js';
import {diffMaps} from './strategic-diff.js';

type Json = any;
type JsonMap = Record<string, Json>;

/**
 * What apply sends: changes and additions between the live object and the file, deletions between the last applied configuration and
 * the file. Models strategicpatch.CreateThreeWayMergePatch.
 */
export function threeWayStrategic(
	original: JsonMap | undefined,
	modified: JsonMap,
	current: JsonMap,
	type: TypeSchema | undefined,
	overwrite = true,
): JsonMap {
	const delta = diffMaps(current, modified, type, {ignoreDeletions: true, ignoreChanges: false});
	const deletions = diffMaps(original ?? {}, modified, type, {ignoreDeletions: false, ignoreChanges: true});
	const patch = combine(deletions, delta, type);
	if (!overwrite) {
		const changed = diffMaps(original ?? {}, current, type, {ignoreDeletions: false, ignoreChanges: false});
		if (patchesConflict(patch, changed, type)) throw new Error(conflictText);
	}

	return patch;
}

const conflictText = 'patch conflicts with changes made from original to current';

/** Puts two patches together without carrying out their directives (mergeMap with MergeParallelList off). */
function combine(first: JsonMap, second: JsonMap, type: TypeSchema | undefined): JsonMap {
	const result: JsonMap = {...first};
	if (second[retainKeys] !== undefined) result[retainKeys] = second[retainKeys];
	for (const [key, value] of Object.entries(second)) {
		const old = result[key];
		if (key.startsWith(orderPrefix) || key.startsWith(deletePrefix) || key === retainKeys) result[key] = value;
		else if (isObject(old) && isObject(value)) result[key] = combine(old, value, lookup(type, key).type);
		else if (Array.isArray(old) && Array.isArray(value)) result[key] = combineLists(old, value, type, key);
		else result[key] = value;
	}

	return result;
}

function combineLists(old: Json[], value: Json[], type: TypeSchema | undefined, key: string): Json[] {
	const field = lookup(type, key);
	if (!field.merge || !isObject(value[0])) return field.merge ? [...new Set([...value, ...old])] : value;
	const {mergeKey} = field;
	const merged = value.map(item => {
		const same = old.find(other => other[mergeKey] === item[mergeKey] && other[directive] === undefined);
		return same ? combine(same, item, itemOf(field.type)) : item;
	});
	return [...merged, ...old.filter(other => !value.some(item => item[mergeKey] === other[mergeKey]))];
}

/** The same for custom resources, whose lists do not merge (jsonmergepatch.CreateThreeWayJSONMergePatch). */
export function threeWayJson(original: JsonMap | undefined, modified: JsonMap, current: JsonMap): JsonMap {
	const changes = withoutNulls(jsonDiff(current, modified));
	const deletions = onlyNulls(jsonDiff(original ?? {}, modified));
	return overlay(deletions, changes);
}

function jsonDiff(from: JsonMap, to: JsonMap): JsonMap {
	const patch: JsonMap = {};
	for (const [key, value] of Object.entries(to)) {
		if (!(key in from)) patch[key] = value;
		else if (isObject(from[key]) && isObject(value)) {
			const inner = jsonDiff(from[key], value);
			if (Object.keys(inner).length > 0) patch[key] = inner;
		} else if (!equal(from[key], value)) patch[key] = value;
	}

	for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
	return patch;
}

function withoutNulls(patch: JsonMap): JsonMap {
	const result: JsonMap = {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) continue;
		if (!isObject(value)) result[key] = value;
		else if (Object.keys(value).length === 0) result[key] = value;
		else {
			const inner = withoutNulls(value);
			if (Object.keys(inner).length > 0) result[key] = inner;
		}
	}

	return result;
}

function onlyNulls(patch: JsonMap): JsonMap {
	const result: JsonMap = {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) result[key] = null;
		else if (isObject(value)) {
			const inner = onlyNulls(value);
			if (Object.keys(inner).length > 0) result[key] = inner;
		}
	}

	return result;
}

function overlay(first: JsonMap, second: JsonMap): JsonMap {
	const result: JsonMap = {...first};
	for (const [key, value] of Object.entries(second))
		result[key] = isObject(result[key]) && isObject(value) ? overlay(result[key], value) : value;
	return result;
}
