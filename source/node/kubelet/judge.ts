import {holderOfToken} from '../../kinds/token-review/holder.js';
import {clientIdentity} from '../../tls/client-identity.js';
import type {ProgramContext} from '../program/program.js';

interface Refusal {
	readonly status: string;
	readonly body: string;
}

/** Resources of a node that a path stands for; the first is the finer one. Models pkg/kubelet/server/auth.go. */
function subresourcesOf(path: string): readonly string[] {
	const first = path.split('/')[1] ?? '';
	if (['metrics', 'stats', 'spec'].includes(first)) return [first];
	if (first === 'logs') return ['log'];
	if (['pods', 'healthz', 'configz'].includes(first)) return [first, 'proxy'];
	return first === 'runningpods' ? ['pods', 'proxy'] : ['proxy'];
}

const verbs: Readonly<Record<string, string>> = {POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete'};

/** Authentication by certificate or token, authorisation by asking the API server; undefined: go ahead. */
export function judge(
	{api, machine}: ProgramContext,
	request: string,
	path: string,
	certificate: string | undefined,
	authorities: string,
): Refusal | undefined {
	const nowMs = machine.sim.clock.now();
	const token = /\r\nauthorization: Bearer (\S+)/i.exec(request)?.[1];
	const known = certificate ? clientIdentity(certificate, authorities, nowMs) : undefined;
	const user = known
		? {...known, groups: [...known.groups, 'system:authenticated']}
		: token && api
			? holderOfToken(api.reader, nowMs, token)
			: undefined;
	if (!user || !api) return {status: '401 Unauthorized', body: 'Unauthorized'};
	const verb = verbs[/^[A-Z]+/.exec(request)?.[0] ?? ''] ?? 'get';
	const subresources = subresourcesOf(path);
	if (user.groups.includes('system:masters')) return undefined;
	const mayUse = (subresource: string) =>
		api.handle({
			verb: 'create',
			group: 'authorization.k8s.io',
			version: 'v1',
			resource: 'subjectaccessreviews',
			body: {
				apiVersion: 'authorization.k8s.io/v1',
				kind: 'SubjectAccessReview',
				spec: {user: user.name, groups: user.groups, resourceAttributes: {verb, resource: 'nodes', subresource, name: machine.host}},
			},
			query: {},
			user: {name: `system:node:${machine.host}`, groups: ['system:masters']},
		}).body.status?.allowed === true;
	if (subresources.some(mayUse)) return undefined;
	return {
		status: '403 Forbidden',
		body: `Forbidden (user=${user.name}, verb=${verb}, resource=nodes, subresource(s)=[${subresources.join(' ')}])\n`,
	};
}
