import {mergePatch} from '../../../api/patch/merge-patch.js';
import {jsonPatch} from '../../../api/patch/json-patch.js';
import {strategicMerge} from '../../../api/patch/strategic-merge.js';
import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

/** `--overrides`: JSON laid over what the flags make. */
export function overridden(call: Call, object: KubeObject): KubeObject {
	const text = call.flags.string('overrides');
	if (text === '') return object;
	const type = call.flags.string('override-type');
	let patch: unknown;
	try {
		patch = JSON.parse(text);
	} catch {
		throw failure('Invalid JSON Patch');
	}

	if (type === 'merge') return mergePatch(copy(object), patch);
	if (type === 'json') return jsonPatch(copy(object), patch as never);
	if (type !== 'strategic') throw failure(`invalid override type: ${type}`);
	const kind = call.session.api.kindOf(object.apiVersion, object.kind);
	return strategicMerge(copy(object) as never, patch as never, kind && {shape: 'struct', name: kind.schema}) as KubeObject;
}
