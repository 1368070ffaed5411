import type {Attributes} from '../authorizer.js';
import {type Call, type Core, homeOf} from '../core.js';
import {unknownResource} from '../errors.js';
import type {Kind} from '../kind.js';
import {ApiError} from '../status.js';

export const isAllowed = (core: Core, attributes: Attributes): boolean =>
	!core.authorizer || attributes.user.groups.includes('system:masters') || core.authorizer.authorize(attributes, core.reader).allowed;

/** Throws Forbidden unless the authorizer lets it pass. Members of system:masters are never asked. */
export function allow(core: Core, attributes: Attributes): void {
	if (!core.authorizer || attributes.user.groups.includes('system:masters')) return;
	const {allowed, reason} = core.authorizer.authorize(attributes, core.reader);
	if (!allowed) throw refusal(attributes, reason);
}

function refusal({user, verb, group, resource, subresource, namespace, name, path}: Attributes, reason: string): ApiError {
	const because = reason ? `: ${reason}` : '';
	if (path !== undefined) {
		return new ApiError(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"${because}`, {});
	}

	const what = subresource ? `${resource}/${subresource}` : resource;
	const where = namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope';
	const named = `${resource}${group ? `.${group}` : ''}`;
	const message = `${named}${name ? ` "${name}"` : ''} is forbidden: User "${user.name}" cannot ${verb} resource "${what}" in API group "${group}"${where}${because}`;
	return new ApiError(403, 'Forbidden', message, {...(name && {name}), ...(group && {group}), kind: resource});
}

/** POST to a subresource, or to a kind that is answered and not stored. */
export function act(core: Core, call: Call, kind: Kind, namespace: string | undefined, name: string, action: string, body: unknown): any {
	const run = kind.actions?.[action];
	if (!run) throw unknownResource();
	return run({
		kind,
		namespace,
		name,
		body,
		dryRun: call.dryRun,
		user: call.user,
		fieldManager: call.fieldManager,
		reader: core.reader,
		get client() {
			return core.ownClient(call);
		},
		keep(object, old) {
			if (!call.dryRun) core.store.put(homeOf(kind), {...object, metadata: {...object.metadata}}, old);
		},
		sim: core.sim,
		flags: core.flags,
		authorizer: core.authorizer,
		warn: call.warn,
	});
}
