import {ApiError} from '../../../api/status.js';
import type {ApiServer} from '../../../api/server.js';
import type {User} from '../../../api/user.js';

/** `--as`: the server asks for each name whether the user may take it. Models apiserver/pkg/endpoints/filters/impersonation.go. */
export function checkImpersonation(api: ApiServer, user: User, taken: User, groups: readonly string[]): void {
	const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(taken.name);
	const asked = [
		account ? {resource: 'serviceaccounts', namespace: account[1]!, name: account[2]!} : {resource: 'users', name: taken.name},
		...groups.map(name => ({resource: 'groups', name})),
	];
	const refused = asked.find(attributes => !mayImpersonate(api, user, attributes));
	if (!refused) return;
	const {resource, name} = refused;
	const where = 'namespace' in refused ? `in the namespace "${refused.namespace}"` : 'at the cluster scope';
	const message = `${resource} "${name}" is forbidden: User "${user.name}" cannot impersonate resource "${resource}" in API group "" ${where}`;
	throw new ApiError(403, 'Forbidden', message, {name, kind: resource});
}

function mayImpersonate(api: ApiServer, user: User, attributes: object): boolean {
	const body = {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {resourceAttributes: {verb: 'impersonate', ...attributes}},
	};
	const where = {group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews'};
	const answer = api.handle({verb: 'create', ...where, query: {}, user, body});
	return (answer.body as {status?: {allowed?: boolean}}).status?.allowed === true;
}
