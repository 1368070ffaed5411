import {mergePatch} from '../../source/api/patch/merge-patch.js';
import {copy, equal} from '../../source/api/values/plain.js';
import {defineStruct, parseType} from '../../source/api/schema/schema.js';
import {strategicMerge} from '../../source/api/patch/strategic-merge.js';
import {threeWayJson, threeWayStrategic} from '../../source/commands/kubectl/apply/three-way.js';
import {type Line, type Result, tally} from './case.js';
import {mergeItem} from './strategic-merge.js';
import {typeOf} from './types.js';

/** What `kubectl apply` sends, and what comes of it. */
export function run(lines: readonly Line[]): Result {
	defineStruct('mergeItem', mergeItem);
	return tally(lines, ({given, expected}) => {
		const {original, modified, current, mode, schema, overwrite} = given;
		const type = schema ? parseType(schema) : typeOf(modified);
		let patch: any;
		try {
			patch =
				mode === 'json-merge'
					? threeWayJson(original ?? undefined, copy(modified), copy(current))
					: threeWayStrategic(original ?? undefined, copy(modified), copy(current), type, overwrite !== false);
		} catch (error) {
			return expected.error !== undefined || expected.conflict !== undefined || `threw ${(error as Error).message}`;
		}

		if (expected.error !== undefined || expected.conflict) return `no error, patch ${JSON.stringify(patch)}`;
		if (expected.patch !== undefined && !equal(patch, expected.patch)) return `patch ${JSON.stringify(patch)}`;
		if (expected.result === undefined) return true;
		const result = mode === 'json-merge' ? mergePatch(copy(current), copy(patch)) : strategicMerge(copy(current), copy(patch), type);
		return equal(result, expected.result) || `result ${JSON.stringify(result)}`;
	});
}
