import type {Action} from '../../api/kind.js';
import {rfc3339} from '../../api/time.js';
import {base64, base64Text} from '../../api/base64.js';

const issuer = 'https://kubernetes.default.svc.cluster.local';
const keyId = 'W6wA8jcU4VcX7BCt11VLfHAIvErLBbL6_e3T5Mollk6';
const secondsDefault = 3600;
const urlSafe = (text: string): string => base64(text).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');

/** POST serviceaccounts/token: a JSON web token whose claims are true and whose signature is noise. */
export const requestToken: Action = ({client, namespace, name, body, sim}) => {
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
		'kubernetes.io': {namespace, serviceaccount: {name, uid: account.metadata.uid}},
		nbf: now,
		sub: `system:serviceaccount:${namespace}:${name}`,
	};
	const header = urlSafe(JSON.stringify({alg: 'RS256', kid: keyId}));
	const signature = sim.random.fork('api/token').hex(342);
	return {
		kind: 'TokenRequest',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: {name, namespace, creationTimestamp: rfc3339(sim.clock.now())},
		spec: {audiences, expirationSeconds: seconds, boundObjectRef: spec.boundObjectRef ?? null},
		status: {token: `${header}.${urlSafe(JSON.stringify(claims))}.${signature}`, expirationTimestamp: rfc3339((now + seconds) * 1000)},
	};
};

/** Who holds this token? */
export const reviewToken: Action = ({client, body, sim}) => {
	const claims = claimsOf(body.spec?.token ?? '');
	const [, , namespace, name] = String(claims?.sub ?? '').split(':');
	const account = namespace && name ? client.find('serviceaccounts', namespace, name) : undefined;
	const valid = account && claims.exp * 1000 > sim.clock.now();
	const status = valid
		? {
				authenticated: true,
				user: {
					username: claims.sub,
					uid: account.metadata.uid,
					groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
				},
				audiences: claims.aud,
			}
		: {user: {}, error: '[invalid bearer token, Token has been invalidated]'};
	return {...body, status};
};

export function claimsOf(token: string): any {
	try {
		const [, payload = ''] = token.split('.');
		return JSON.parse(base64Text(payload.replaceAll('-', '+').replaceAll('_', '/')));
	} catch {
		return undefined;
	}
}

export const whoAmI: Action = ({user, sim}) => ({
	kind: 'SelfSubjectReview',
	apiVersion: 'authentication.k8s.io/v1',
	metadata: {creationTimestamp: rfc3339(sim.clock.now())},
	status: {userInfo: {username: user.name, ...(user.uid && {uid: user.uid}), groups: user.groups, ...(user.extra && {extra: user.extra})}},
});
