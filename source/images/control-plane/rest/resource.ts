import {badRequest} from '../../../api/errors.js';
import {readObjectText, readPatch} from '../../../api/http/body.js';
import type {Accepted} from '../../../api/http/media.js';
import type {ResourcePath} from '../../../api/http/path.js';
import {apiRequestOf, checkServed, type HttpVerb, httpVerbOf, patchTypeOf, shaped} from '../../../api/http/request.js';
import type {ApiRequest} from '../../../api/server.js';
import {ApiError} from '../../../api/status.js';
import {fromWire} from '../../http/bytes.js';
import type {HttpAnswer} from '../../http/answer.js';
import {answerOf} from './print.js';
import type {Asked} from './asked.js';

/** A request for objects: its verb, body and form of answer. */
export function serveResource(asked: Asked, path: ResourcePath, accepted: Accepted): HttpAnswer {
	const {api, head} = asked;
	const verb = httpVerbOf(head, path);
	if (verb === 'connect' && path.subresource === 'proxy') return proxied(asked, path);
	if (verb === 'connect' || path.subresource === 'log') {
		const what = `${path.resource}/${path.subresource} over HTTP`;
		api.sim.notes.notSimulated(what);
		throw new ApiError(501, 'NotImplemented' as never, `kubelab: not simulated: ${what}`, {});
	}

	const kind = api.kinds().find(each => each.plural === path.resource && each.group === path.group);
	checkServed(kind, path, verb);
	const answer = api.handle({...apiRequestOf(head, path, accepted), verb, ...bodyOf(asked, kind?.kind ?? '', verb)});
	if (verb === 'watch' && answer.code < 300) return watched(asked, answer.body);
	return answerOf(asked, answer.code, shaped(answer, accepted, path, kind?.customSchema !== undefined), answer.warnings);
}

function proxied({api, request, user}: Asked, resource: ResourcePath): HttpAnswer {
	const {method, path, query} = request;
	const answer = api.proxy({user, resource, method, path, query, headers: Object.entries(request.headers), body: request.body});
	return {...answer, body: fromWire(answer.body), headers: [...answer.headers, ['Content-Length', String(answer.body.length)]]};
}

function bodyOf({request, head}: Asked, kind: string, verb: HttpVerb): Pick<ApiRequest, 'body' | 'patchType'> {
	if (verb === 'get' || verb === 'list' || verb === 'watch') return {};
	const contentType = head.headers['content-type'] as string | undefined;
	const text = fromWire(request.body);
	if (verb === 'patch') {
		const patchType = patchTypeOf(contentType);
		if (!patchType) throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
		return {patchType, body: readPatch(text, patchType)};
	}

	const isDelete = verb === 'delete' || verb === 'deletecollection';
	if (isDelete && text === '') return {};
	const body = readObjectText(text, contentType, isDelete ? 'DeleteOptions' : kind);
	if (isDelete && (typeof body !== 'object' || body === null || Array.isArray(body))) throw badRequest('expect a DeleteOptions object');
	return {body};
}

/** What is there, an event each; what comes later is not waited for. */
function watched(asked: Asked, list: {items?: readonly object[]; kind?: string; apiVersion?: string}): HttpAnswer {
	asked.api.sim.notes.notSimulated('later events of a watch over HTTP');
	const kind = list.kind?.replace(/List$/, '');
	const lines = (list.items ?? []).map(
		item => `${JSON.stringify({type: 'ADDED', object: {kind, apiVersion: list.apiVersion, ...item}})}\n`,
	);
	const answer = answerOf(asked, 200, {});
	const body = lines.join('');
	return {...answer, body, headers: answer.headers.filter(([name]) => name !== 'Content-Length')};
}
