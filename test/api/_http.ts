import type {ApiRequest} from '../../source/api/server.js';
import {admin} from './_world.js';

/** One recorded exchange. */
export interface Exchange {
	readonly name: string;
	readonly method: string;
	readonly path: string;
	readonly request: {accept?: string; authorization?: string | null; contentType?: string; body?: any};
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: any;
}

const patchTypes: Record<string, ApiRequest['patchType']> = {
	'application/json-patch+json': 'json',
	'application/merge-patch+json': 'merge',
	'application/strategic-merge-patch+json': 'strategic',
	'application/apply-patch+yaml': 'apply',
};
const verbs: Record<string, ApiRequest['verb']> = {POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete', GET: 'get'};

/** The request as routing would hand it on; undefined where the path is none of a resource. */
export function toRequest({method, path, request}: Exchange): ApiRequest | undefined {
	const [route = '', query = ''] = path.split('?');
	const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(route);
	if (!match) return undefined;
	const [, group = '', version, namespace, resource, name, subresource] = match as unknown as Array<string | undefined>;
	let verb = verbs[method]!;
	if (!name && verb === 'get') verb = 'list';
	if (!name && verb === 'delete') verb = 'deletecollection';
	const isApply = request.contentType === 'application/apply-patch+yaml';
	return {
		verb,
		group,
		version: version!,
		resource: resource!,
		...(subresource && {subresource}),
		...(namespace && {namespace}),
		...(name && {name}),
		body: isApply ? JSON.parse(request.body) : request.body,
		...(method === 'PATCH' && {patchType: patchTypes[request.contentType ?? '']}),
		query: Object.fromEntries(new URLSearchParams(query)),
		user: admin,
		...(request.accept?.includes('as=Table') && {as: 'Table' as const}),
	};
}
