import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';
import type {ApiServer, User} from '../api/server.js';
import {ApiError} from '../api/status.js';

/** Who asks, by bearer token: the administrator's own, or a service account's that this server gave out. */
export interface Users {
	/** Throws Unauthorized for a token that nobody gave out; without any token it is the anonymous user. */
	authenticate(headers: IncomingHttpHeaders): User;
	/** Remembers a token that was just given out. */
	issued(token: string): void;
	mayGet(user: User, path: string, verb: string): boolean;
}

const admin: User = {name: 'admin', uid: 'admin', groups: ['system:masters', 'system:authenticated']};
const anonymous: User = {name: 'system:anonymous', groups: ['system:unauthenticated']};
const server: User = {name: 'system:apiserver', groups: ['system:masters', 'system:authenticated']};
const digest = (text: string) => createHash('sha256').update(text).digest();
const review = (api: ApiServer, group: string, resource: string, body: object) =>
	api.handle({verb: 'create', group, version: 'v1', resource, body, query: {}, user: server}).body;

export function createUsers(api: ApiServer, adminToken: string): Users {
	const wanted = digest(adminToken);
	const given = new Set<string>();
	const allows = (user: User, attributes: object): boolean => {
		const spec = {user: user.name, groups: user.groups, ...attributes};
		return (
			review(api, 'authorization.k8s.io', 'subjectaccessreviews', {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SubjectAccessReview',
				spec,
			}).status?.allowed === true
		);
	};
	const holder = (token: string): User => {
		if (timingSafeEqual(digest(token), wanted)) return admin;
		const body = {apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: {token}};
		const status = given.has(token) ? review(api, 'authentication.k8s.io', 'tokenreviews', body).status : undefined;
		if (!status?.authenticated) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
		return {name: status.user.username, uid: status.user.uid, groups: status.user.groups};
	};
	return {
		authenticate(headers) {
			const token = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
			if (headers.authorization !== undefined && token === undefined) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
			const user = token === undefined ? anonymous : holder(token);
			return impersonated(user, headers, allows);
		},
		issued: token => void given.add(token),
		mayGet: (user, path, verb) => user.groups.includes('system:masters') || allows(user, {nonResourceAttributes: {path, verb}}),
	};
}

/** `kubectl --as`: asks for each name whether this user may take it. Models apiserver/pkg/endpoints/filters/impersonation.go. */
function impersonated(user: User, headers: IncomingHttpHeaders, allows: (user: User, attributes: object) => boolean): User {
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
