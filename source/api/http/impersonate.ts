import {ApiError} from '../status.js';
import type {User} from '../user.js';

/** `kubectl --as`: asks for each name whether this user may take it. Models apiserver/pkg/endpoints/filters/impersonation.go. */
export function impersonated(
	user: User,
	headers: Readonly<Record<string, string | string[] | undefined>>,
	allows: (user: User, attributes: object) => boolean,
): User {
	const name = one(headers['impersonate-user']);
	const groups = many(headers['impersonate-group']);
	if (name === undefined) {
		if (groups.length === 0) return user;
		throw new ApiError(
			500,
			'InternalError',
			`Internal error occurred: requested [{Group    ${groups[0]}  }] without impersonating a user`,
			{},
		);
	}

	const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
	const asked = [
		account ? {resource: 'serviceaccounts', namespace: account[1], name: account[2]} : {resource: 'users', name},
		...groups.map(group => ({resource: 'groups', name: group})),
	];
	for (const attributes of asked)
		if (!allows(user, {resourceAttributes: {verb: 'impersonate', ...attributes}})) throw refusal(user, attributes);
	const implied = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : [];
	return {name, groups: [...(groups.length > 0 ? groups : implied), 'system:authenticated']};
}

function refusal(user: User, {resource, name, namespace}: {resource: string; name?: string | undefined; namespace?: string | undefined}) {
	const where = namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope';
	const text = `${resource} "${name}" is forbidden: User "${user.name}" cannot impersonate resource "${resource}" in API group ""${where}`;
	return new ApiError(403, 'Forbidden', text, {...(name && {name}), kind: resource});
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
const many = (value: string | string[] | undefined) =>
	value === undefined
		? []
		: [value]
				.flat()
				.flatMap(text => text.split(','))
				.map(text => text.trim());
