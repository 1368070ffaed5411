import {methodNotAllowed} from '../../../api/errors.js';
import {elsewhere} from '../../../api/http/elsewhere.js';
import {readAccept} from '../../../api/http/media.js';
import {parseResourcePath} from '../../../api/http/path.js';
import {ApiError} from '../../../api/status.js';
import type {HttpAnswer} from '../../http/answer.js';
import {answerOf, type Shown, textOf} from './print.js';
import {serveResource} from './resource.js';
import type {Asked} from './asked.js';

/** Answers as kube-apiserver's handler chain does: paths of resources, then the others. Models what `serve/router.ts` does for a socket. */
export function answerApi(asked: Asked): HttpAnswer {
	const shown: Shown = {request: asked.request, api: asked.api};
	try {
		return route(asked, shown);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return answerOf(shown, error.status.code, error.status);
	}
}

function route(asked: Asked, shown: Shown): HttpAnswer {
	const {api, request, head, user} = asked;
	const {path} = request;
	const resource = parseResourcePath(path);
	const isServed = resource && api.kinds().some(({group, version}) => group === resource.group && version === resource.version);
	if (resource && isServed) {
		const accepted = readAccept(request.headers['accept']);
		if (!accepted) throw notAcceptable();
		return serveResource(asked, resource, accepted);
	}

	const verb = verbs[request.method] ?? request.method.toLowerCase();
	if (!api.allows({user, verb, group: '', resource: '', path}))
		throw new ApiError(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {});
	if (resource) return textOf(shown, 404, '404 page not found\n');
	const found = elsewhere(api, path, head.query, readAccept(request.headers['accept']) ?? {type: 'json'}, asked.address);
	if (found && 'text' in found) return textOf(shown, 200, found.text);
	if (found && verb !== 'get') throw methodNotAllowed();
	if (found) return answerOf(shown, 200, found.body, [], found.indented);
	if (/^\/(?:metrics|openapi|logs|debug)/.test(path)) api.sim.notes.notSimulated(`kube-apiserver ${path} over HTTP`);
	return textOf(shown, 404, '404 page not found\n');
}

const verbs: Readonly<Record<string, string>> = {GET: 'get', HEAD: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete'};

const notAcceptable = () =>
	new ApiError(
		406,
		'NotAcceptable',
		'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
		{},
	);
