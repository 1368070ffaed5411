import {badRequest, methodNotAllowed} from '../api/errors.js';
import type {KubeObject} from '../api/object.js';
import type {ApiRequest, ApiResponse} from '../api/server.js';
import {ApiError} from '../api/status.js';
import type {Table} from '../api/table.js';
import {send} from './answer.js';
import {readBody, readObject, readPatch} from './body.js';
import {columnDescriptions} from './column-descriptions.js';
import {type Exchange, flag, managerOf} from './exchange.js';
import {type Accepted, mediaTypeOf, patchTypes} from './media.js';
import type {ResourcePath} from './path.js';
import {partial} from './partial.js';
import {connect} from './streams/connect.js';
import {sendLog} from './streams/log.js';
import {watch} from './watch.js';

/** A request for objects: its verb, body and form of answer. */
export async function serveResource(exchange: Exchange, path: ResourcePath, accepted: Accepted): Promise<void> {
	const {message, response, serving} = exchange;
	const {api} = serving.cluster;
	const verb = verbOf(exchange, path);
	if (verb === 'connect') return connect(exchange, path);
	const base = requestOf(exchange, path, accepted);
	if (verb === 'watch') return watch(exchange, {...base, verb}, accepted);
	const request: ApiRequest = {...base, verb, ...(await bodyOf(exchange, path, verb))};
	if (verb === 'get' && path.subresource === 'log') return sendLog(exchange, request);
	const answer = api.handle(request);
	if (verb === 'delete') setImmediate(() => react(serving));
	if (path.subresource === 'token' && answer.code < 300) serving.users.issued(answer.body.status.token);
	const isCustom = kindOf(exchange, path)?.customSchema !== undefined;
	send(response, answer.code, message.method === 'HEAD' ? '' : shaped(answer, accepted, path, isCustom), {
		accepted,
		warnings: answer.warnings,
	});
}

function shaped({code, body}: ApiResponse, {as}: Accepted, {resource}: ResourcePath, isCustom: boolean): unknown {
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

/** What hangs on a deleted object goes within milliseconds, not at the next tick of whoever moves the clock. */
const reactionMs = 10;

function react({time, cluster}: Exchange['serving']): void {
	if (time.sleepers === 0) cluster.advance(reactionMs);
}

const kindOf = ({serving}: Exchange, {group, resource}: ResourcePath) =>
	serving.cluster.api.kinds().find(each => each.plural === resource && each.group === group);

/** Subresources that are talked to rather than read. */
const connected = new Set(['exec', 'attach', 'portforward', 'proxy']);

type Verb = ApiRequest['verb'] | 'connect';

function verbOf({message, query}: Exchange, {name, subresource, watch: old}: ResourcePath): Verb {
	if (subresource && connected.has(subresource)) return 'connect';
	switch (message.method) {
		case 'GET':
		case 'HEAD':
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

function requestOf({query, user, message}: Exchange, path: ResourcePath, accepted: Accepted): Omit<ApiRequest, 'verb'> {
	const {group, version, resource, namespace, name, subresource} = path;
	const given: Record<string, string> = Object.fromEntries(query);
	const manager = given['fieldManager'] || (patchTypeOf(message.headers['content-type']) === 'apply' ? '' : managerOf(message));
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

const patchTypeOf = (header: string | undefined): ApiRequest['patchType'] | undefined => {
	const media = mediaTypeOf(header);
	return Object.hasOwn(patchTypes, media) ? patchTypes[media as keyof typeof patchTypes] : undefined;
};

async function bodyOf(exchange: Exchange, path: ResourcePath, verb: Verb): Promise<Pick<ApiRequest, 'body' | 'patchType'>> {
	if (verb === 'get' || verb === 'list') return {};
	const {message} = exchange;
	const kind = kindOf(exchange, path)?.kind ?? '';
	const contentType = message.headers['content-type'];
	const bytes = await readBody(message);
	if (verb === 'patch') {
		const patchType = patchTypeOf(contentType);
		if (!patchType) throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
		return {patchType, body: readPatch(bytes.toString('utf8'), patchType)};
	}

	const isDelete = verb === 'delete' || verb === 'deletecollection';
	if (isDelete && bytes.length === 0) return {};
	const body = await readObject(bytes, contentType, isDelete ? 'DeleteOptions' : kind);
	if (isDelete && (typeof body !== 'object' || body === null || Array.isArray(body))) throw badRequest('expect a DeleteOptions object');
	return {body};
}
