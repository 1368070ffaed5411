import type {PatchType} from '../client.js';
import type {Call} from '../core.js';
import {decodeCustom} from './decode-custom.js';
import {badRequest} from '../errors.js';
import {causeOf, goQuote, messageOf} from '../field-error.js';
import {ApiError} from '../status.js';
import {goMap} from '../patch/strategic-merge.js';
import {apiVersionOf, type Kind} from '../kind.js';
import type {KubeObject} from '../object.js';
import {isObject} from '../values/plain.js';
import {sortOf, Walk} from './decode-walk.js';

interface Patched {
	readonly type: PatchType;
	readonly body: unknown;
	/** What an applied configuration is refused with that fits its schema, but not its type. */
	readonly refuse?: (text: string) => Error;
}

/**
 * Reads what a client sent as the kind it says it is: drops nulls and empties as Go's JSON does, finds unknown fields, refuses wrong types in
 * Go's words. Returns a new object. Models apimachinery/pkg/runtime/serializer/json and sigs.k8s.io/json.
 */
export function decode(kind: Kind, body: unknown, call: Call, patch?: Patched): KubeObject {
	if (!isObject(body)) {
		throw badRequest(
			`the object provided is unrecognized (must be of type ${kind.kind}): couldn't get version/kind; json parse error: json: cannot unmarshal ${sortOf(body)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
		);
	}

	checkKind(kind, body, call);
	const walk = new Walk();
	const object = (kind.customSchema ? decodeCustom(kind, body, walk) : walk.struct(body, kind.schema, [], '')) as KubeObject;
	object.apiVersion = apiVersionOf(kind);
	object.kind = kind.kind;
	if (walk.failure && patch?.refuse)
		throw patch.refuse(walk.restoreFailure || walk.failure.replace(/^illegal base64/, 'error decoding from json: $&'));
	if (walk.failure && patch && patch.type !== 'apply') throw patchError(patch, body, walk);
	if (walk.failure)
		throw badRequest(`${kind.kind} in version ${goQuote(kind.version)} cannot be handled as a ${kind.kind}: ${walk.failure}`);
	if (walk.unknown.length > 0 && call.fieldValidation === 'Strict') {
		const text = `strict decoding error: ${walk.unknown.join(', ')}`;
		throw badRequest(
			patch && patch.type !== 'apply'
				? text
				: `${kind.kind} in version ${goQuote(kind.version)} cannot be handled as a ${kind.kind}: ${text}`,
		);
	}

	if (call.fieldValidation !== 'Ignore') for (const text of walk.unknown) call.warn(text);
	return object;
}

/** A strategic merge patch is applied to the decoded object, field by field. Models runtime.DefaultUnstructuredConverter. */
function patchError(patch: {type: PatchType; body: unknown}, patched: unknown, {failure, restoreFailure}: Walk): ApiError {
	const strategic = patch.type === 'strategic';
	const value = strategic ? goMap(patch.body) : JSON.stringify(patched);
	const error = {type: 'Invalid', field: 'patch', value, detail: (strategic && restoreFailure) || failure} as const;
	return new ApiError(422, 'Invalid', ` "" is invalid: ${messageOf(error)}`, {causes: [causeOf(error)]});
}

function checkKind(kind: Kind, body: Record<string, any>, call: Call): void {
	// What is left out is what the path asks for.
	const {kind: named = kind.kind, apiVersion = apiVersionOf(kind)} = {
		...(body.kind && {kind: body.kind}),
		...(body.apiVersion && {apiVersion: body.apiVersion}),
	};
	if (named === kind.kind && apiVersion === apiVersionOf(kind)) return;
	const version = String(apiVersion).split('/').at(-1)!;
	const where = 'k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30';
	const isKnown = call.isKnown?.(apiVersion, named) ?? true;
	if (isKnown && named === kind.kind)
		throw badRequest(`the API version in the data (${apiVersion}) does not match the expected API version (${apiVersionOf(kind)})`);
	if (!isKnown)
		throw badRequest(
			`${named} in version ${goQuote(version)} cannot be handled as a ${kind.kind}: no kind ${goQuote(String(named))} is registered for version ${goQuote(String(apiVersion))} in scheme "${where}"`,
		);
	const group = kind.group === '' ? 'core' : kind.group.split('.')[0];
	throw badRequest(
		`${named} in version ${goQuote(version)} cannot be handled as a ${kind.kind}: converting (${version}.${named}) to (${group}.${kind.kind}): unknown conversion`,
	);
}
