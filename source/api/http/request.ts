import {methodNotAllowed, unknownResource} from '../errors.js';
import type {Kind} from '../kind.js';
import type {KubeObject} from '../object.js';
import type {ApiRequest, ApiResponse} from '../server.js';
import type {Table} from '../verbs/table.js';
import {columnDescriptions} from './column-descriptions.js';
import {type Accepted, mediaTypeOf, patchTypes} from './media.js';
import {partial} from './partial.js';
import type {ResourcePath} from './path.js';
import type {User} from '../user.js';

/** What a request says before its body. */
export interface RequestHead {
	readonly method: string;
	readonly query: URLSearchParams;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly user: User;
}

/** `connect`: a subresource that is talked to rather than read. */
export type HttpVerb = ApiRequest['verb'] | 'connect';
const connected = new Set(['exec', 'attach', 'portforward', 'proxy']);

export const flag = (query: URLSearchParams, name: string): boolean => ['', 'true', '1'].includes(query.get(name) ?? 'false');

/** Models apiserver/pkg/endpoints/request/requestinfo.go. */
export function httpVerbOf({method, query}: RequestHead, {name, subresource, watch: old}: ResourcePath): HttpVerb {
	if (subresource && connected.has(subresource)) return 'connect';
	switch (method) {
		case 'GET':
			return old || (!name && flag(query, 'watch')) ? 'watch' : name ? 'get' : 'list';
		case 'POST':
			if (name && !subresource) throw methodNotAllowed();
			return 'create';
		case 'PUT':
			return 'update';
		case 'PATCH':
			return 'patch';
		case 'DELETE':
			if (subresource) throw methodNotAllowed();
			return name ? 'delete' : 'deletecollection';
		default:
			throw methodNotAllowed();
	}
}

/** Which of what the path could name is served at all. */
export function checkServed(kind: Kind | undefined, {namespace, name, subresource}: ResourcePath, verb: HttpVerb): void {
	if (!kind || verb === 'watch') return;
	if (!kind.namespaced && namespace) throw unknownResource();
	if (kind.namespaced && !namespace) {
		if (name) throw unknownResource();
		if (verb !== 'list' && !kind.actions?.['create']) throw methodNotAllowed();
	}

	if (!subresource || !kind.subresources?.includes(subresource)) return;
	const acts = kind.actions !== undefined && Object.hasOwn(kind.actions, subresource);
	if (acts ? verb === 'get' : verb === 'create') throw methodNotAllowed();
}

export function apiRequestOf({query, user, headers}: RequestHead, path: ResourcePath, accepted: Accepted): Omit<ApiRequest, 'verb'> {
	const {group, version, resource, namespace, name, subresource} = path;
	const given: Record<string, string> = Object.fromEntries(query);
	const manager = given['fieldManager'] || (patchTypeOf(text(headers['content-type'])) === 'apply' ? '' : managerOf(headers));
	return {
		group,
		version,
		resource,
		...(namespace && {namespace}),
		...(name && {name}),
		...(subresource && {subresource}),
		query: {...given, fieldManager: manager},
		user,
		...(accepted.as === 'Table' && {as: 'Table' as const}),
	};
}

const text = (header: string | readonly string[] | undefined): string | undefined =>
	header === undefined || typeof header === 'string' ? header : header[0];

export const patchTypeOf = (header: string | undefined): ApiRequest['patchType'] | undefined => {
	const media = mediaTypeOf(header);
	return Object.hasOwn(patchTypes, media) ? patchTypes[media as keyof typeof patchTypes] : undefined;
};

/** Who shows up in managedFields when nobody says so: the program's name. Models apiserver/pkg/endpoints/handlers/create.go managerOrUserAgent. */
const managerOf = (headers: RequestHead['headers']): string =>
	(text(headers['user-agent']) ?? 'unknown')
		.split('/')[0]!
		.replace(/[^\u0020-\u007e]/g, '')
		.slice(0, 128) || 'unknown';

/** An answer in the form that the client takes. */
export function shaped({code, body}: ApiResponse, {as}: Accepted, {resource}: ResourcePath, isCustom: boolean): unknown {
	if (code >= 300) return body;
	if (body?.kind === 'Table') return described(body, columnDescriptions[resource] ?? {});
	if (as?.startsWith('PartialObjectMetadata')) return partial(body);
	return Array.isArray(body?.items) && !isCustom ? {...body, items: body.items.map(withoutType)} : body;
}

const described = (table: Table, texts: Readonly<Record<string, string>>): Table => ({
	...table,
	columnDefinitions: table.columnDefinitions.map(column => ({...column, description: texts[column.name] ?? column.description})),
	rows: table.rows.map(row => ('object' in row ? row : {...row, object: null})),
});

/** In the list of a built-in kind, the list's type says it all. */
const withoutType = ({apiVersion: _, kind: __, ...object}: KubeObject) => object;
