import type {DeleteOptions} from '../client.js';
import {type Call, type Core, homeOf} from '../core.js';
import {create} from './create.js';
import {decode} from '../schema/decode.js';
import {remove} from './delete.js';
import {badRequest, internalError, methodNotAllowed, notFound, plainError, unknownResource, unnamed} from '../errors.js';
import {apiVersionOf, type Kind} from '../kind.js';
import {mergePatch} from '../patch/merge-patch.js';
import {jsonPatch} from '../patch/json-patch.js';
import {entry, managedFieldsOf, printManagers} from '../apply/managed-fields.js';
import type {KubeObject} from '../object.js';
import {patch} from './patch.js';
import {checkOptions} from './options.js';
import {pageOf, readToken} from './pages.js';
import {list} from './read.js';
import {act, allow} from './requests.js';
import {scaleColumns, getScale, updateScale} from './scale.js';
import type {ApiRequest, ApiResponse} from '../server.js';
import {ApiError} from '../status.js';
import {tableOf} from './table.js';
import {update} from './update.js';

/** One request to its end. An `ApiError` becomes a Status body, any other error is our own fault and is told as the server tells a panic. */
export function handle(core: Core, request: ApiRequest): ApiResponse {
	const warnings: string[] = [];
	try {
		const answer = route(core, request, warnings);
		return {code: answer.code, body: answer.body, warnings: [...new Set(warnings)]};
	} catch (error) {
		const known = error instanceof ApiError ? error : internalError((error as Error).message);
		if (!(error instanceof ApiError)) core.sim.notes.notSimulated(`internal error: ${(error as Error).message}`);
		return {code: known.status.code, body: known.status, warnings: [...new Set(warnings)]};
	}
}

type Answer = {code: number; body: any};

function route(core: Core, request: ApiRequest, warnings: string[]): Answer {
	const {verb, group, version, resource, subresource, name, query, user} = request;
	const kind = core.registry.served(group, version, resource);
	if (!kind) throw unknownResource();
	const namespace = kind.namespaced ? request.namespace : undefined;
	// Who asks for one namespace asks inside it (apiserver/pkg/endpoints/request/requestinfo.go).
	const scope = group === '' && resource === 'namespaces' ? name : namespace;
	allow(core, {
		user,
		verb,
		group,
		version,
		resource,
		...(subresource && {subresource}),
		...(scope && {namespace: scope}),
		...(name && {name}),
	});
	// The server of custom resources names the object that was asked for (customresource_handler.go).
	if (subresource && !kind.subresources?.includes(subresource)) throw kind.customSchema ? notFound(kind, name ?? '') : unknownResource();
	if ((!subresource && kind.verbs && !kind.verbs.includes(verb)) || (!name && (verb === 'update' || verb === 'patch')))
		throw methodNotAllowed();
	if (kind.deprecation) warnings.push(kind.deprecation);
	checkOptions(request);
	const call: Call = {
		user,
		dryRun: query['dryRun'] === 'All' || (isDelete(verb) && request.body?.dryRun?.[0] === 'All'),
		fieldManager: query['fieldManager'] ?? (request.patchType === 'apply' ? '' : 'unknown'),
		fieldValidation: (query['fieldValidation'] as Call['fieldValidation']) || 'Warn',
		...(subresource && {subresource}),
		isKnown: (apiVersion, name) => core.registry.kindOf(apiVersion, name) !== undefined,
		warn: text => warnings.push(text),
	};
	const answer = verbs[verb]({core, request, kind, namespace, name: name ?? '', call});
	return request.as === 'Table' ? asTable(core, kind, request, answer) : answer;
}

const isDelete = (verb: ApiRequest['verb']) => verb === 'delete' || verb === 'deletecollection';

interface Routed {
	readonly core: Core;
	readonly request: ApiRequest;
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly name: string;
	readonly call: Call;
}

const verbs: Record<ApiRequest['verb'], (routed: Routed) => Answer> = {
	get({core, kind, namespace, name, request}) {
		if (request.subresource === 'scale') return {code: 200, body: getScale(core, kind, namespace, name)};
		return {code: 200, body: managed(core, kind, core.reader.get(resourceName(kind), namespace, name))};
	},
	list: ({core, kind, namespace, request}) => ({code: 200, body: listOf(core, kind, namespace, request)}),
	watch: routed => verbs.list(routed),
	create({core, kind, namespace, name, request, call}) {
		if (request.subresource) return {code: 201, body: act(core, call, kind, namespace, name, request.subresource, request.body)};
		const object = decode(kind, request.body, call);
		if (kind.actions?.['create'])
			return {code: 201, body: reviewed(core, call, kind, object, act(core, call, kind, namespace, name, 'create', object))};
		const created = create(core, call, kind, kind.namespaced ? (namespace ?? object.metadata?.namespace) : undefined, object);
		return {code: 201, body: managed(core, kind, created)};
	},
	update({core, kind, namespace, name, request, call}) {
		if (request.subresource === 'scale') return {code: 200, body: updateScale(core, call, kind, namespace, name, () => request.body)};
		if (request.subresource && kind.actions?.[request.subresource])
			return {code: 200, body: act(core, call, kind, namespace, name, request.subresource, request.body)};
		const object = decode(kind, request.body, call);
		if (!object.metadata?.name) throw unnamed(name);
		return {
			code: 200,
			body: managed(
				core,
				kind,
				update(core, {...call, replacing: true}, kind, namespace, name, () => object),
			),
		};
	},
	patch({core, kind, namespace, name, request, call}) {
		if (request.subresource === 'scale') {
			const body = request.body;
			const patched = {type: request.patchType ?? 'merge', body};
			const change = (scale: KubeObject) =>
				Array.isArray(body) && request.patchType === 'json' ? jsonPatch(scale, body) : mergePatch(scale, body);
			return {code: 200, body: updateScale(core, call, kind, namespace, name, change, patched)};
		}

		const type = request.patchType ?? 'strategic';
		const {object, created} = patch(core, call, kind, {
			namespace,
			name,
			type,
			patch: request.body,
			force: request.query['force'] === 'true',
		});
		return {code: created ? 201 : 200, body: managed(core, kind, object)};
	},
	delete({core, kind, namespace, name, request, call}) {
		const {object, gone} = remove(core, call, kind, namespace, name, deleteOptions(request));
		if (!gone || returnsDeleted.has(kind.plural)) return {code: 200, body: managed(core, kind, object)};
		const details = {name, ...(kind.group && {group: kind.group}), kind: kind.plural, uid: object.metadata.uid};
		return {code: 200, body: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details}};
	},
	deletecollection({core, kind, namespace, request, call}) {
		const objects = list(core.store, kind, {...(namespace && {namespace}), ...selectors(request)});
		const items = objects.map(({metadata}) => remove(core, call, kind, metadata.namespace, metadata.name, deleteOptions(request)).object);
		return {code: 200, body: listBody(core, kind, items)};
	},
};

/** Kinds whose deletion is answered with the object itself (ReturnDeletedObject). */
const returnsDeleted = new Set([
	'pods',
	'services',
	'serviceaccounts',
	'podtemplates',
	'persistentvolumes',
	'persistentvolumeclaims',
	'resourcequotas',
]);
const resourceName = (kind: Kind) => (kind.group ? `${kind.plural}.${kind.group}` : kind.plural);
const selectors = ({query}: ApiRequest) => ({
	...(query['labelSelector'] && {labelSelector: query['labelSelector']}),
	...(query['fieldSelector'] && {fieldSelector: query['fieldSelector']}),
});

function deleteOptions({body, query}: ApiRequest): DeleteOptions {
	const grace = body?.gracePeriodSeconds ?? (query['gracePeriodSeconds'] === undefined ? undefined : Number(query['gracePeriodSeconds']));
	const policy = body?.propagationPolicy ?? query['propagationPolicy'] ?? (body?.orphanDependents === true ? 'Orphan' : undefined);
	return {
		// Whoever asks for less than nothing gets a second (registry/rest/delete.go).
		...(grace !== undefined && {gracePeriodSeconds: grace < 0 ? 1 : grace}),
		...(policy && {propagationPolicy: policy}),
		...(body?.preconditions && {preconditions: body.preconditions}),
	};
}

function managed(core: Core, kind: Kind, object: KubeObject): KubeObject {
	if (object.metadata.managedFields) return object;
	const home = kind.storedAs ? core.registry.resource(homeOf(kind))! : kind;
	const managedFields = managedFieldsOf(core, home, object);
	return managedFields.length > 0 ? {...object, metadata: {...object.metadata, managedFields: managedFields as unknown[]}} : object;
}

/** What is answered and never stored has its fields owned all the same. */
function reviewed(core: Core, call: Call, kind: Kind, asked: KubeObject, answer: any) {
	const managedFields = printManagers(kind, asked, [entry(core, call, kind)]);
	return managedFields.length > 0 && answer?.metadata ? {...answer, metadata: {...answer.metadata, managedFields}} : answer;
}

const listBody = (core: Core, kind: Kind, items: readonly KubeObject[], meta: Record<string, unknown> = {}) => ({
	kind: `${kind.kind}List`,
	apiVersion: apiVersionOf(kind),
	metadata: {resourceVersion: String(core.store.resourceVersion), ...meta},
	items,
});

/** A list may ask to be as new as some version, but not newer than all there is. */
function checkVersion(core: Core, asked: string | undefined): void {
	if (!asked) return;
	if (!/^\d{1,20}$/.test(asked))
		throw plainError(
			`resourceVersion: Invalid value: ${JSON.stringify(asked)}: strconv.ParseUint: parsing ${JSON.stringify(asked)}: invalid syntax`,
		);
	const current = core.store.resourceVersion;
	if (Number(asked) <= current) return;
	const causes = [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}];
	throw new ApiError(504, 'Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, {causes, retryAfterSeconds: 1});
}

/** `limit` and `continue` cut a list into pages. */
function listOf(core: Core, kind: Kind, namespace: string | undefined, request: ApiRequest) {
	const objects = list(core.store, kind, {...(namespace && {namespace}), ...selectors(request)});
	const limit = Number(request.query['limit'] || 0);
	checkVersion(core, request.query['resourceVersion']);
	const token = request.query['continue'];
	const page = pageOf(objects, namespace, limit, token ? readToken(token) : undefined, core.store.resourceVersion);
	const whole = request.query['managedFields'] === 'false' ? page.items : page.items.map(object => managed(core, kind, object));
	return listBody(core, kind, whole, page.meta);
}

function asTable(core: Core, kind: Kind, request: ApiRequest, {code, body}: Answer): Answer {
	if (body?.kind === 'Status') return {code, body};
	const include = request.query['includeObject'] || 'Metadata';
	if (!['Metadata', 'Object', 'None'].includes(include))
		throw badRequest(
			`Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(include)}: must be 'Metadata', 'Object', 'None', or empty`,
		);
	const columns = body?.kind === 'Scale' ? scaleColumns(kind) : kind.columns;
	const isList = Array.isArray(body?.items);
	const objects: readonly KubeObject[] = isList ? body.items : [body];
	const meta = isList ? body.metadata : {resourceVersion: body.metadata?.resourceVersion};
	return {
		code,
		body: tableOf({...kind, columns}, objects, {nowMs: core.sim.clock.now()}, meta, include),
	};
}
