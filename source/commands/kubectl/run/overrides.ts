import {sortOf, Walk} from '../../../api/schema/decode-walk.js';
import {mergePatch} from '../../../api/patch/merge-patch.js';
import {jsonPatch} from '../../../api/patch/json-patch.js';
import {strategicMerge} from '../../../api/patch/strategic-merge.js';
import type {KubeObject} from '../../../api/object.js';
import {copy, isObject} from '../../../api/values/plain.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

/** `--overrides`: JSON laid over what the flags make; kubectl reads the result into its own types, which know no other fields. */
export function overridden(call: Call, object: KubeObject): KubeObject {
	const text = call.flags.string('overrides');
	if (text === '') return object;
	const result = merged(call, object, text);
	const schema = call.session.api.kindOf(result.apiVersion, result.kind)?.schema;
	if (schema === undefined)
		throw failure(`no kind "${result.kind}" is registered for version "${result.apiVersion}" in scheme "pkg/scheme/scheme.go:28"`);
	const walk = new Walk();
	const read = walk.struct(result, schema, [], '') as KubeObject;
	if (walk.failure) throw failure(walk.failure);
	// A zero time is printed as null.
	return walk.unknown.length > 0 ? {...read, metadata: {...read.metadata, creationTimestamp: null as never}} : result;
}

function merged(call: Call, object: KubeObject, text: string): KubeObject {
	const type = call.flags.string('override-type');
	let patch: unknown;
	try {
		patch = JSON.parse(text);
	} catch {
		throw failure('Invalid JSON Patch');
	}

	if (type !== 'json' && !isObject(patch)) {
		throw failure(
			`couldn't get version/kind; json parse error: json: cannot unmarshal ${sortOf(patch)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
		);
	}

	if (type === 'merge') return mergePatch(copy(object), patch);
	if (type === 'json') return jsonPatch(copy(object), patch as never);
	if (type !== 'strategic') throw failure(`invalid override type: ${type}`);
	const kind = call.session.api.kindOf(object.apiVersion, object.kind);
	return strategicMerge(copy(object) as never, patch as never, kind && {shape: 'struct', name: kind.schema}) as KubeObject;
}
