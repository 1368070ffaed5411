import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';
import {impersonated} from '../api/http/impersonate.js';
import type {ApiServer} from '../api/server.js';
import {ApiError} from '../api/status.js';
import type {User} from '../api/user.js';

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
