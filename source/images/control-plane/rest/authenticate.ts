import {base64Text} from '../../../api/values/base64.js';
import {impersonated} from '../../../api/http/impersonate.js';
import type {KubeObject} from '../../../api/object.js';
import type {ApiServer} from '../../../api/server.js';
import {ApiError} from '../../../api/status.js';
import {holderOfToken} from '../../../kinds/token-review/holder.js';
import {clientIdentity} from '../../../tls/client-identity.js';
import type {User} from '../../../api/user.js';

export interface Credentials {
	readonly headers: Readonly<Record<string, string>>;
	/** PEM that the client showed in the handshake. */
	readonly certificate?: string | undefined;
	/** PEM of --client-ca-file. */
	readonly authorities: string;
	readonly allowsAnonymous: boolean;
}

const anonymous: User = {name: 'system:anonymous', groups: ['system:unauthenticated']};
const server: User = {name: 'system:apiserver', groups: ['system:masters', 'system:authenticated']};
const unauthorized = () => new ApiError(401, 'Unauthorized', 'Unauthorized');

/** Who asks: by certificate, by bearer token, or nobody. Throws when what is shown is not believed. */
export function authenticate(api: ApiServer, {headers, certificate, authorities, allowsAnonymous}: Credentials): User {
	const token = /^Bearer\s+(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.[1];
	const found = (certificate && holderOf(certificate, authorities, api)) || (token !== undefined && bearer(api, token));
	if (found) return impersonated(found, headers, (user, attributes) => isAllowed(api, user, attributes));
	if (certificate || token !== undefined || !allowsAnonymous) throw unauthorized();
	return impersonated(anonymous, headers, (user, attributes) => isAllowed(api, user, attributes));
}

function holderOf(certificate: string, authorities: string, {sim}: ApiServer): User | undefined {
	const holder = clientIdentity(certificate, authorities, sim.clock.now());
	return holder && {...holder, groups: [...holder.groups, 'system:authenticated']};
}

function bearer(api: ApiServer, token: string): User | undefined {
	const bootstrap = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(token);
	if (bootstrap) return bootstrapUser(api, bootstrap[1]!, bootstrap[2]!);
	return holderOfToken(api.reader, api.sim.clock.now(), token);
}

/** Models plugin/pkg/auth/authenticator/token/bootstrap. */
function bootstrapUser(api: ApiServer, id: string, secret: string): User | undefined {
	const kept = api.reader.find<KubeObject>('secrets', 'kube-system', `bootstrap-token-${id}`);
	const read = (field: string) => base64Text(kept?.['data']?.[field] ?? '');
	if (
		kept?.['type'] !== 'bootstrap.kubernetes.io/token' ||
		read('token-secret') !== secret ||
		read('usage-bootstrap-authentication') !== 'true'
	)
		return undefined;
	const groups = read('auth-extra-groups').split(',').filter(Boolean);
	return {name: `system:bootstrap:${id}`, groups: ['system:bootstrappers', ...groups, 'system:authenticated']};
}

export const isAllowed = (api: ApiServer, user: User, attributes: object): boolean =>
	user.groups.includes('system:masters') ||
	api.handle({
		verb: 'create',
		group: 'authorization.k8s.io',
		version: 'v1',
		resource: 'subjectaccessreviews',
		body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: {user: user.name, groups: user.groups, ...attributes}},
		query: {},
		user: server,
	}).body.status?.allowed === true;
