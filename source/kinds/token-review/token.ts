import {badRequest, invalid} from '../../api/errors.js';
import type {Client} from '../../api/client.js';
import type {Action} from '../../api/kind.js';
import {ApiError} from '../../api/status.js';
import {rfc3339} from '../../api/values/time.js';
import {holderOfToken} from './holder.js';
import {issuer, signWebToken} from './web-token.js';

const secondsDefault = 3600;

/** POST serviceaccounts/token: a JSON web token, bound to what is asked for. */
export const requestToken: Action = ({client, namespace, name, body, sim, fieldManager}) => {
	const account = client.get('serviceaccounts', namespace, name);
	refuseBadRequest(client, namespace!, name, body?.spec ?? {});
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
		'kubernetes.io': {namespace, ...boundTo(client, namespace!, spec.boundObjectRef), serviceaccount: {name, uid: account.metadata.uid}},
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

interface Reference {
	readonly kind?: string;
	readonly name?: string;
	readonly uid?: string;
}

const boundResources: Readonly<Record<string, string>> = {Node: 'nodes', Pod: 'pods', Secret: 'secrets'};
const secondsMin = 600;

/** Models ValidateTokenRequest and the token registry's look at what the token is bound to (pkg/registry/core/serviceaccount/storage/token.go). */
function refuseBadRequest(client: Client, namespace: string, account: string, {expirationSeconds: seconds, boundObjectRef}: any): void {
	if (seconds !== undefined && seconds < secondsMin) throw refused(seconds, 'may not specify a duration less than 10 minutes');
	if (seconds > 2 ** 32) throw refused(seconds, 'may not specify a duration larger than 2^32 seconds');
	if (!boundObjectRef?.kind) return;
	const {kind, name, uid}: Reference = boundObjectRef;
	const resource = boundResources[kind!];
	if (!resource)
		throw badRequest(
			`cannot bind token for serviceaccount "${account}" to object of type ${boundObjectRef.apiVersion ?? ''}, Kind=${kind}`,
		);
	const bound = client.get(resource, kind === 'Node' ? '' : namespace, name ?? '');
	if (kind === 'Pod' && bound['spec'].serviceAccountName !== account)
		throw badRequest(`cannot bind token for serviceaccount "${account}" to pod running with different serviceaccount name.`);
	if (uid && uid !== bound.metadata.uid)
		throw new ApiError(
			409,
			'Conflict',
			`Operation cannot be fulfilled on ${kind!.toLowerCase()} "${name}": the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
		);
}

const refused = (seconds: number, why: string): ApiError =>
	invalid({group: 'authentication.k8s.io', kind: 'TokenRequest'}, '', [
		{type: 'Invalid', field: 'spec.expirationSeconds', value: seconds, detail: why},
	]);

/** Lives no longer than the object that it is bound to. */
function boundTo(client: Client, namespace: string, ref: Reference | undefined) {
	const resource = boundResources[ref?.kind ?? ''];
	if (!resource) return {};
	const {name, uid} = client.get(resource, ref!.kind === 'Node' ? '' : namespace, ref!.name ?? '').metadata;
	return {[ref!.kind!.toLowerCase()]: {name, uid}};
}

/** Who holds this token? */
export const reviewToken: Action = ({client, body, sim}) => {
	if (!body.spec?.token) throw badRequest('token is required for TokenReview in authentication');
	const holder = holderOfToken(client, sim.clock.now(), body.spec.token);
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
