import {jsonPatch} from '../../source/api/patch/json-patch.js';
import {mergePatch} from '../../source/api/patch/merge-patch.js';
import {copy, equal} from '../../source/api/values/plain.js';
import {defineStruct, parseType, structSchema} from '../../source/api/schema/schema.js';
import {strategicMerge} from '../../source/api/patch/strategic-merge.js';
import {idOf, type Line, type Result, tally} from './case.js';
import {typeOf} from './types.js';

export const mergeItem =
	'name string;value string;other string;mergingList []mergeItem p=merge:name;nonMergingList []mergeItem;mergingIntList []int32 p=merge;nonMergingIntList []int32;mergeItemPtr []mergeItem p=merge:name;simpleMap {}string;replacingItem any p=replace;retainKeysMap mergeItem p=retainKeys;retainKeysMergingList []mergeItem p=merge,retainKeys:name';

/** The three patch media types on one object. */
export function run(lines: readonly Line[]): Result {
	defineStruct('mergeItem', mergeItem);
	return tally(
		lines,
		line => {
			const {original, patch, patchType, schema} = line.given;
			const type = schema ? parseType(schema) : typeOf(original);
			const expected = line.expected;
			let result: unknown;
			try {
				if (patchType.includes('json-patch')) result = jsonPatch(original, patch);
				else if (patchType.includes('strategic'))
					result = strategicMerge(copy(original), copy(patch), type && structSchema((type as any).name) ? type : undefined);
				else result = mergePatch(original, patch);
			} catch (error) {
				return expected.error === undefined
					? `threw ${(error as Error).message}`
					: expected.error === (error as Error).message || `error ${(error as Error).message}`;
			}

			if (expected.error !== undefined) return `no error, expected ${expected.error}`;
			return equal(result, expected.result) || `got ${JSON.stringify(result)}`;
		},
		idOf,
	);
}
