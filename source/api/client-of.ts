import type {Client, DeleteOptions, PatchType, WriteOptions} from './client.js';
import type {Call, Core} from './core.js';
import {create} from './verbs/create.js';
import {decode} from './schema/decode.js';
import {remove} from './verbs/delete.js';
import {unknownResource} from './errors.js';
import type {Kind} from './kind.js';
import type {KubeObject} from './object.js';
import {patch} from './verbs/patch.js';
import {act, allow, isAllowed} from './verbs/requests.js';
import {updateScale} from './verbs/scale.js';
import {ApiError} from './status.js';
import {update} from './verbs/update.js';
import type {User} from './user.js';

export interface ClientSettings {
	readonly onWarning?: (text: string) => void;
	readonly fieldManager?: string;
}

/** One user's view of the API, without the detour over HTTP requests. */
export function clientOf(core: Core, user: User, {onWarning, fieldManager}: ClientSettings = {}): Client {
	const isKnown = (apiVersion: string, kind: string) => core.registry.kindOf(apiVersion, kind) !== undefined;
	const warn = onWarning ?? (() => {});
	const callFor = (options: WriteOptions = {}, subresource?: string): Call => {
		const {dryRun = false, fieldManager: manager = fieldManager ?? 'unknown', fieldValidation} = options;
		const call: Call = {user, dryRun, fieldManager: manager, isKnown, warn};
		return fieldValidation || subresource ? {...call, ...(fieldValidation && {fieldValidation}), ...(subresource && {subresource})} : call;
	};
	const resourceKind = (resource: string): Kind => {
		const kind = core.registry.resource(resource);
		if (!kind) throw unknownResource();
		return kind;
	};
	const objectKind = ({apiVersion, kind}: KubeObject): Kind => {
		const found = core.registry.kindOf(apiVersion, kind);
		if (!found) throw new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
		return found;
	};
	// Members of system:masters are never asked, and most of the control plane are that.
	const asked = core.authorizer !== undefined && !user.groups.includes('system:masters');
	const may = (verb: string, kind: Kind, namespace?: string, name?: string, subresource?: string) => {
		if (!asked) return;
		allow(core, {
			user,
			verb,
			group: kind.group,
			version: kind.version,
			resource: kind.plural,
			...(namespace && {namespace}),
			...(name && {name}),
			...(subresource && {subresource}),
		});
	};
	const could = (verb: string, kind: Kind, namespace?: string) =>
		isAllowed(core, {user, verb, group: kind.group, version: kind.version, resource: kind.plural, ...(namespace && {namespace})});
	const read = (object: KubeObject, kind: Kind, call: Call) => (call.fieldValidation ? decode(kind, object, call) : object);
	const put = (object: KubeObject, options: WriteOptions | undefined, subresource?: string) => {
		const kind = objectKind(object);
		const {namespace, name} = object.metadata;
		may('update', kind, namespace, name, subresource);
		const call = callFor(options, subresource);
		return update(core, call, kind, kind.namespaced ? (namespace ?? 'default') : undefined, name, () => read(object, kind, call));
	};

	const client = {
		...core.reader,
		find(resource: string, namespace: string | undefined, name: string) {
			// A component finds in what its informer has listed.
			if (asked && !could('list', resourceKind(resource), namespace)) may('get', resourceKind(resource), namespace, name);
			return core.reader.find(resource, namespace, name);
		},
		get(resource: string, namespace: string | undefined, name: string) {
			if (asked) may('get', resourceKind(resource), namespace, name);
			return core.reader.get(resource, namespace, name);
		},
		list(resource: string, options: any = {}) {
			may('list', resourceKind(resource), options.namespace);
			return core.reader.list(resource, options);
		},
		create(object: KubeObject, options?: WriteOptions) {
			const kind = objectKind(object);
			const namespace = kind.namespaced ? object.metadata?.namespace || 'default' : undefined;
			may('create', kind, namespace, object.metadata?.name);
			const call = callFor(options);
			const decoded = read(object, kind, call);
			if (kind.actions?.['create']) return act(core, call, kind, namespace, object.metadata?.name ?? '', 'create', decoded);
			return create(core, call, kind, namespace, decoded);
		},
		update: (object: KubeObject, options?: WriteOptions) => put(object, options),
		updateStatus: (object: KubeObject, options?: WriteOptions) => put(object, options, 'status'),
		patch(
			resource: string,
			namespace: string | undefined,
			name: string,
			type: PatchType,
			body: unknown,
			options: WriteOptions & {subresource?: string; force?: boolean} = {},
		) {
			const kind = resourceKind(resource);
			may('patch', kind, namespace, name, options.subresource);
			const call = callFor(options, options.subresource);
			const where = kind.namespaced ? namespace : undefined;
			const request = {namespace: where, name, type, patch: body, force: options.force ?? false};
			if (options.subresource === 'scale') return updateScale(core, call, kind, where, name, scale => patchScale(scale, body));
			return patch(core, call, kind, request).object;
		},
		act(resource: string, namespace: string | undefined, name: string, subresource: string, body: unknown, options?: WriteOptions) {
			const kind = resourceKind(resource);
			may('create', kind, namespace, name, subresource);
			return act(core, callFor(options, subresource), kind, namespace, name, subresource, body);
		},
		delete(resource: string, namespace: string | undefined, name: string, options: DeleteOptions = {}) {
			const kind = resourceKind(resource);
			may('delete', kind, namespace, name);
			return remove(core, callFor(options), kind, kind.namespaced ? namespace : undefined, name, options).object;
		},
	};
	return client as unknown as Client;
}

const patchScale = (scale: KubeObject, body: any) => ({
	...scale,
	metadata: {...scale.metadata, ...body?.metadata},
	spec: {...scale.spec, ...body?.spec},
});
