import {applyConfiguration} from './apply.js';
import type {Call, Core, PatchRequest} from '../core.js';
import {decode} from '../schema/decode.js';
import {badRequest} from '../errors.js';
import {jsonPatch, type Operation} from '../patch/json-patch.js';
import type {Kind} from '../kind.js';
import {managedFieldsOf} from '../apply/managed-fields.js';
import {mergePatch} from '../patch/merge-patch.js';
import type {KubeObject} from '../object.js';
import {copy, isObject} from '../values/plain.js';
import {structSchema, type TypeSchema} from '../schema/schema.js';
import {ApiError} from '../status.js';
import {strategicMerge} from '../patch/strategic-merge.js';
import {update} from './update.js';
import {sortOf} from '../schema/decode-walk.js';

/** PATCH in its four media types. Models apiserver/pkg/endpoints/handlers/patch.go. */
export function patch(core: Core, call: Call, kind: Kind, request: PatchRequest): {object: KubeObject; created: boolean} {
	if (request.type === 'apply') return applyConfiguration(core, call, kind, request);
	const object = update(core, {...call, patching: true}, kind, request.namespace, request.name, old => {
		// The store keeps apart who owns what: whoever patches that must find it.
		const shown = JSON.stringify(request.patch).includes('managedFields') ? withOwners(core, kind, old) : old;
		const patched = apply(kind, shown, request);
		// Whoever patches, what the patch emptied is gone as Go's JSON would have it.
		return decode(kind, patched, call.fieldValidation ? call : {...call, fieldValidation: 'Ignore'}, {
			type: request.type,
			body: request.patch,
		});
	});
	return {object, created: false};
}

const withOwners = (core: Core, kind: Kind, old: KubeObject): KubeObject => ({
	...old,
	metadata: {...old.metadata, managedFields: managedFieldsOf(core, kind, old) as unknown[]},
});

function apply(kind: Kind, old: KubeObject, {type, patch: body}: PatchRequest): KubeObject {
	if (type === 'json') {
		if (body === null) return old;
		if (!Array.isArray(body))
			throw badRequest(`error decoding patch: json: cannot unmarshal ${sortOf(body)} into Go value of type []handlers.jsonPatchOp`);
		const odd = body.find(operation => !isObject(operation));
		if (odd !== undefined)
			throw badRequest(`error decoding patch: json: cannot unmarshal ${sortOf(odd)} into Go value of type handlers.jsonPatchOp`);
		try {
			return jsonPatch(old, body as Operation[]);
		} catch {
			throw rejected();
		}
	}

	if (body === null) {
		if (type === 'merge') throw badRequest('Invalid JSON Patch');
		return old;
	}

	if (!isObject(body))
		throw badRequest(
			`${type === 'merge' ? 'error decoding patch: ' : ''}json: cannot unmarshal ${sortOf(body)} into Go value of type map[string]interface {}`,
		);
	if (type === 'merge') return mergePatch(old, body);
	if (kind.customSchema)
		throw new ApiError(
			415,
			'UnsupportedMediaType',
			'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
		);
	const schema: TypeSchema | undefined = structSchema(kind.schema) && {shape: 'struct', name: kind.schema};
	try {
		return strategicMerge(copy(old), copy(body), schema) as KubeObject;
	} catch (error) {
		throw strategicError((error as Error).message);
	}
}

const rejected = () => new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/** Only what the patch library has a name for is the client's fault; all else comes out as it is (interpretStrategicMergePatchError). */
function strategicError(message: string): ApiError {
	if (/^invalid patch format of|^invalid JSON document|^strategic merge patch format is not/.test(message)) return badRequest(message);
	return /^lists of lists/.test(message) ? rejected() : new ApiError(500, '', message);
}
