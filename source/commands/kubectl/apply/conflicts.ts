import {equal, isObject} from '../../../api/values/plain.js';
import type {TypeSchema} from '../../../api/schema/schema.js';
import {directive, itemOf, lookup, orderPrefix, retainKeys} from '../../../api/patch/strategic-merge.js';

type Json = any;

/** Whether two patches want different things for one field (strategicpatch.MergingMapsHaveConflicts). */
export function patchesConflict(left: Record<string, Json>, right: Record<string, Json>, type: TypeSchema | undefined): boolean {
	if (left[directive] !== undefined || right[directive] !== undefined) {
		if (left[directive] !== right[directive]) return true;
		if (left[directive] === 'replace') return !equal(left, right);
	}

	return Object.keys(left).some(key => {
		if (key === directive || key === retainKeys || key.startsWith(orderPrefix) || !(key in right)) return false;
		return valuesConflict(left[key], right[key], type, key);
	});
}

function valuesConflict(left: Json, right: Json, type: TypeSchema | undefined, key: string): boolean {
	if (isObject(left) && isObject(right)) return patchesConflict(left, right, lookup(type, key).type);
	if (!Array.isArray(left) || !Array.isArray(right)) return !equal(left, right);
	const field = lookup(type, key);
	if (field.merge && isObject(left[0]) && isObject(right[0])) {
		return left.some(item => {
			const same = right.find(other => other[field.mergeKey] === item[field.mergeKey]);
			return same !== undefined && patchesConflict(item, same, itemOf(field.type));
		});
	}

	return field.merge ? false : !equal(left, right);
}
