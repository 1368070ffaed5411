import {configJson, layersOf, manifestJson} from '../../node/registry/content.js';
import type {Registries} from '../../node/registry/registries.js';
import type {ServiceAnswer} from '../../net/socket.js';
import type {HttpRequest} from '../http/answer.js';
import {json, refusal} from './answer.js';
import type {Storage} from './storage.js';
import type {ResolvedImage} from '../../node/registry/manifest.js';

/** What one registry knows while it answers a request. */
export interface Serving {
	readonly storage: Storage;
	readonly registries: Registries;
	readonly nowMs: number;
	/** Harbor has words of its own for what is not there. */
	missing(repository: string, reference: string): {readonly code: string; readonly message: string};
}

export type Route =
	| {readonly kind: 'base'}
	| {readonly kind: 'catalog'}
	| {readonly kind: 'tags'; readonly repository: string}
	| {readonly kind: 'manifests'; readonly repository: string; readonly reference: string}
	| {readonly kind: 'blobs'; readonly repository: string; readonly reference: string}
	| {readonly kind: 'uploads'; readonly repository: string};

/** Which part of the API a path means. */
export function routeOf(path: string): Route | undefined {
	if (path === '/v2/' || path === '/v2') return {kind: 'base'};
	if (path === '/v2/_catalog') return {kind: 'catalog'};
	const match = /^\/v2\/([a-z0-9][a-z0-9._/-]*?)\/(tags\/list|manifests\/([^/]+)|blobs\/uploads\/?[^/]*|blobs\/([^/]+))$/.exec(path);
	if (!match) return undefined;
	const repository = match[1]!;
	if (match[2] === 'tags/list') return {kind: 'tags', repository};
	if (match[3]) return {kind: 'manifests', repository, reference: match[3]};
	return match[4] ? {kind: 'blobs', repository, reference: match[4]} : {kind: 'uploads', repository};
}

export function distribution(serving: Serving, request: HttpRequest, route: Route): ServiceAnswer {
	const {storage, nowMs} = serving;
	const method = request.method === 'HEAD' ? 'GET' : request.method;
	if (route.kind === 'base') return json(request, nowMs, '{}');
	if (route.kind === 'catalog') return catalog(serving, request);
	if (route.kind === 'tags') {
		const tags = storage.tags(route.repository);
		if (tags) return json(request, nowMs, {name: route.repository, tags: tags.size > 0 ? [...tags.keys()].sort() : null});
		return refusal(request, nowMs, 404, 'NAME_UNKNOWN', 'repository name not known to registry', {name: route.repository});
	}

	if (route.kind === 'uploads') return upload(serving, request, route.repository);
	if (route.kind === 'blobs') return blob(serving, request, route.repository, route.reference);
	if (method === 'GET') return manifest(serving, request, route.repository, route.reference);
	if (method === 'PUT') return putManifest(serving, request, route.repository, route.reference);
	if (method === 'DELETE') return deleteManifest(serving, request, route.repository, route.reference);
	return refusal(request, nowMs, 405, 'UNSUPPORTED', 'The operation is unsupported.');
}

function catalog({storage, nowMs}: Serving, request: HttpRequest): ServiceAnswer {
	const query = new URLSearchParams(request.query);
	const last = query.get('last') ?? '';
	const all = storage.repositories().filter(name => name > last);
	const count = query.get('n') === null ? all.length : Number(query.get('n'));
	if (!Number.isInteger(count) || count < 0)
		return refusal(request, nowMs, 400, 'PAGINATION_NUMBER_INVALID', 'invalid number of results requested');
	const page = all.slice(0, count);
	const link =
		page.length < all.length
			? ([['Link', `</v2/_catalog?last=${encodeURIComponent(page.at(-1) ?? '')}&n=${count}>; rel="next"`]] as const)
			: [];
	return json(request, nowMs, {repositories: page}, 200, link);
}

function find({storage, registries}: Serving, repository: string, reference: string): ResolvedImage | undefined {
	const tags = storage.tags(repository);
	const digest = reference.startsWith('sha256:') ? [...(tags?.values() ?? [])].find(each => each === reference) : tags?.get(reference);
	const named = digest === undefined ? undefined : registries.byDigest(digest);
	return named && registries.lookup(named);
}

function manifest(serving: Serving, request: HttpRequest, repository: string, reference: string): ServiceAnswer {
	const found = find(serving, repository, reference);
	if (!found) {
		const {code, message} = serving.missing(repository, reference);
		return refusal(request, serving.nowMs, 404, code, message, {Tag: reference});
	}

	return json(request, serving.nowMs, manifestJson(found), 200, [
		['Content-Type', 'application/vnd.docker.distribution.manifest.v2+json'],
		['Docker-Content-Digest', found.digest],
		['Etag', `"${found.digest}"`],
	]);
}

function putManifest({storage, registries, nowMs}: Serving, request: HttpRequest, repository: string, reference: string): ServiceAnswer {
	let id: unknown;
	try {
		id = JSON.parse(request.body)?.config?.digest;
	} catch {
		return refusal(request, nowMs, 400, 'MANIFEST_INVALID', 'manifest invalid', {});
	}

	const named = typeof id === 'string' ? registries.byImageId(id) : undefined;
	const found = named && registries.lookup(named);
	if (!found) return refusal(request, nowMs, 400, 'MANIFEST_BLOB_UNKNOWN', 'blob unknown to registry', {digest: id ?? ''});
	storage.put(repository, reference, found.digest);
	return json(request, nowMs, '', 201, [
		['Docker-Content-Digest', found.digest],
		['Location', `/v2/${repository}/manifests/${found.digest}`],
	]);
}

function deleteManifest({storage, nowMs}: Serving, request: HttpRequest, repository: string, reference: string): ServiceAnswer {
	const tags = [...(storage.tags(repository) ?? [])].filter(([tag, digest]) => tag === reference || digest === reference);
	if (tags.length === 0) return refusal(request, nowMs, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
	for (const [tag] of tags) storage.remove(repository, tag);
	return json(request, nowMs, '', 202);
}

/** Layers are only named here: their bytes never travel. */
function blob(serving: Serving, request: HttpRequest, repository: string, digest: string): ServiceAnswer {
	const {storage, registries, nowMs} = serving;
	const [id] = [registries.byImageId(digest)];
	for (const tag of storage.tags(repository)?.keys() ?? []) {
		const found = find(serving, repository, tag);
		if (!found) continue;
		const named = registries.byDigest(found.digest);
		if (id && named?.repository === id.repository && named.tag === id.tag)
			return json(request, nowMs, configJson(found), 200, [['Docker-Content-Digest', digest]]);
		if (layersOf(found).some(layer => layer.digest === digest)) return json(request, nowMs, '', 200, [['Docker-Content-Digest', digest]]);
	}

	return refusal(request, nowMs, 404, 'BLOB_UNKNOWN', 'blob unknown to registry', digest);
}

function upload({nowMs}: Serving, request: HttpRequest, repository: string): ServiceAnswer {
	const digest = new URLSearchParams(request.query).get('digest');
	if (digest && (request.method === 'POST' || request.method === 'PUT'))
		return json(request, nowMs, '', 201, [
			['Docker-Content-Digest', digest],
			['Location', `/v2/${repository}/blobs/${digest}`],
		]);
	return request.method === 'POST'
		? json(request, nowMs, '', 202, [
				['Location', `/v2/${repository}/blobs/uploads/1`],
				['Range', '0-0'],
			])
		: refusal(request, nowMs, 404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
}
