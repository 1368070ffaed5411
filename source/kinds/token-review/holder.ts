import type {Reader} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {claimsOf} from './web-token.js';
import type {User} from '../../api/user.js';

export interface Holder extends User {
	readonly audiences: readonly string[];
}

/** Whose token this is; undefined when it is forged, too old, or its account, pod or secret is gone. Models pkg/serviceaccount/claims.go. */
export function holderOfToken(reader: Reader, nowMs: number, token: string): Holder | undefined {
	const claims = claimsOf(token);
	const [, , namespace, name] = String(claims?.sub ?? '').split(':');
	const account = namespace && name ? reader.find<KubeObject>('serviceaccounts', namespace, name) : undefined;
	if (!account || (claims.exp !== undefined && claims.exp * 1000 <= nowMs)) return undefined;
	const bound = claims['kubernetes.io'] ?? {};
	if (bound.serviceaccount && bound.serviceaccount.uid !== account.metadata.uid) return undefined;
	for (const [kind, resource] of [
		['pod', 'pods'],
		['secret', 'secrets'],
	] as const) {
		const to = bound[kind];
		if (to && reader.find<KubeObject>(resource, namespace!, to.name)?.metadata.uid !== to.uid) return undefined;
	}

	const legacy = claims['kubernetes.io/serviceaccount/secret.name'];
	if (legacy && !reader.find<KubeObject>('secrets', namespace, legacy)) return undefined;
	return {
		name: claims.sub,
		...(account.metadata.uid && {uid: account.metadata.uid}),
		groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
		audiences: claims.aud ?? [],
	};
}
