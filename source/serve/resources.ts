import {badRequest} from '../api/errors.js';
import type {ApiRequest} from '../api/server.js';
import {ApiError} from '../api/status.js';
import {send} from './answer.js';
import {readPatch} from '../api/http/body.js';
import {readBody, readObject} from './body.js';
import type {Exchange} from './exchange.js';
import type {Accepted} from '../api/http/media.js';
import {apiRequestOf, checkServed, type HttpVerb, httpVerbOf, patchTypeOf, type RequestHead, shaped} from '../api/http/request.js';
import type {ResourcePath} from '../api/http/path.js';
import {connect} from './streams/connect.js';
import {sendLog} from './streams/log.js';
import {watch} from './watch.js';

/** A request for objects: its verb, body and form of answer. */
export async function serveResource(exchange: Exchange, path: ResourcePath, accepted: Accepted): Promise<void> {
	const {response, serving} = exchange;
	const {api} = serving.cluster;
	const head = headOf(exchange);
	const verb = httpVerbOf(head, path);
	if (verb === 'connect') return connect(exchange, path);
	const kind = kindOf(exchange, path);
	checkServed(kind, path, verb);
	const base = apiRequestOf(head, path, accepted);
	if (verb === 'watch') return watch(exchange, {...base, verb}, accepted);
	const request: ApiRequest = {...base, verb, ...(await bodyOf(exchange, path, verb))};
	if (verb === 'get' && path.subresource === 'log') return sendLog(exchange, request);
	const answer = api.handle(request);
	if (verb === 'delete' && answer.code < 300) setImmediate(() => react(serving));
	if (path.subresource === 'token' && answer.code < 300) serving.users.issued(answer.body.status.token);
	send(response, answer.code, shaped(answer, accepted, path, kind?.customSchema !== undefined), {
		accepted,
		warnings: answer.warnings,
	});
}

const headOf = ({message: {method = 'GET', headers}, query, user}: Exchange): RequestHead => ({method, headers, query, user});

/** What hangs on a deleted object goes within milliseconds, not at the next tick of whoever moves the clock. */
const reactionMs = 10;

function react({time, cluster}: Exchange['serving']): void {
	if (time.sleepers === 0) cluster.advance(reactionMs);
}

const kindOf = ({serving}: Exchange, {group, resource}: ResourcePath) =>
	serving.cluster.api.kinds().find(each => each.plural === resource && each.group === group);

async function bodyOf(exchange: Exchange, path: ResourcePath, verb: HttpVerb): Promise<Pick<ApiRequest, 'body' | 'patchType'>> {
	if (verb === 'get' || verb === 'list') return {};
	const {message, serving} = exchange;
	const kind = path.subresource === 'scale' ? 'Scale' : (kindOf(exchange, path)?.kind ?? '');
	const contentType = message.headers['content-type'];
	const bytes = await readBody(message);
	if (verb === 'patch') {
		const patchType = patchTypeOf(contentType);
		if (!patchType) throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
		return {patchType, body: serving.wallClock.inward(readPatch(bytes.toString('utf8'), patchType), bytes)};
	}

	const isDelete = verb === 'delete' || verb === 'deletecollection';
	if (isDelete && bytes.length === 0) return {};
	const body = await readObject(bytes, contentType, isDelete ? 'DeleteOptions' : kind);
	if (isDelete && (typeof body !== 'object' || body === null || Array.isArray(body))) throw badRequest('expect a DeleteOptions object');
	return {body: serving.wallClock.inward(body, bytes)};
}
