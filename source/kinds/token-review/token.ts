import type {Action} from '../../api/kind.js';
import {rfc3339} from '../../api/time.js';
import {holderOfToken} from './holder.js';
import {issuer, signWebToken} from './web-token.js';

const secondsDefault = 3600;

/** POST serviceaccounts/token: a JSON web token, bound to what is asked for. */
export const requestToken: Action = ({client, namespace, name, body, sim, fieldManager}) => {
	const account = client.get('serviceaccounts', namespace, name);
	const now = Math.floor(sim.clock.now() / 1000);
	const spec = body?.spec ?? {};
	const seconds: number = spec.expirationSeconds ?? secondsDefault;
	const audiences: string[] = spec.audiences?.length ? spec.audiences : [issuer];
	const claims = {
		aud: audiences,
		exp: now + seconds,
		iat: now,
		iss: issuer,
		jti: sim.random.fork('api/token').uuid(),
		'kubernetes.io': {namespace, ...boundTo(spec.boundObjectRef), serviceaccount: {name, uid: account.metadata.uid}},
		nbf: now,
		sub: `system:serviceaccount:${namespace}:${name}`,
	};
	return {
		kind: 'TokenRequest',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: {name, namespace, creationTimestamp: rfc3339(sim.clock.now()), managedFields: [owner(fieldManager, sim.clock.now(), spec)]},
		spec: {audiences, expirationSeconds: seconds, boundObjectRef: spec.boundObjectRef ?? null},
		status: {token: signWebToken(claims), expirationTimestamp: rfc3339((now + seconds) * 1000)},
	};
};

/** What was asked for belongs to who asked, the default number of seconds too. */
const owner = (manager: string, nowMs: number, spec: Readonly<Record<string, unknown>>) => ({
	manager,
	operation: 'Update',
	apiVersion: 'authentication.k8s.io/v1',
	time: rfc3339(nowMs),
	fieldsType: 'FieldsV1',
	fieldsV1: {
		'f:spec': Object.fromEntries([...new Set([...Object.keys(spec), 'expirationSeconds'])].sort().map(field => [`f:${field}`, {}])),
	},
	subresource: 'token',
});

/** Lives no longer than the object that it is bound to. */
const boundTo = (ref: {kind?: string; name?: string; uid?: string} | undefined) =>
	ref?.kind && ['Pod', 'Secret'].includes(ref.kind) && ref.uid ? {[ref.kind.toLowerCase()]: {name: ref.name, uid: ref.uid}} : {};

/** Who holds this token? */
export const reviewToken: Action = ({client, body, sim}) => {
	const holder = holderOfToken(client, sim.clock.now(), body.spec?.token ?? '');
	const status = holder
		? {
				authenticated: true,
				user: {username: holder.name, uid: holder.uid, groups: holder.groups},
				audiences: holder.audiences,
			}
		: {user: {}, error: '[invalid bearer token, Token has been invalidated]'};
	return {...body, status};
};

export const whoAmI: Action = ({user, sim}) => ({
	kind: 'SelfSubjectReview',
	apiVersion: 'authentication.k8s.io/v1',
	metadata: {creationTimestamp: rfc3339(sim.clock.now())},
	status: {userInfo: {username: user.name, ...(user.uid && {uid: user.uid}), groups: user.groups, ...(user.extra && {extra: user.extra})}},
});
