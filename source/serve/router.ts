import type {IncomingMessage, ServerResponse} from 'node:http';
import {methodNotAllowed, unknownResource} from '../api/errors.js';
import {ApiError} from '../api/status.js';
import {send, sendText} from './answer.js';
import {elsewhere} from '../api/http/elsewhere.js';
import type {Exchange, Serving} from './exchange.js';
import {readAccept} from '../api/http/media.js';
import {serveOpenApi} from './openapi/serve.js';
import type {Kind} from '../api/kind.js';
import {parseResourcePath, type ResourcePath} from '../api/http/path.js';
import {serveResource} from './resources.js';
import type {User} from '../api/user.js';

/** One request: who asks, what for, and whether it may be had in a form that the client takes. */
export async function answer(serving: Serving, message: IncomingMessage, response: ServerResponse): Promise<void> {
	const {pathname: path, searchParams: query} = urlOf(message);
	response.setHeader('audit-id', serving.cluster.sim.random.fork('serve/audit').uuid());
	const user = serving.users.authenticate(message.headers);
	const exchange: Exchange = {serving, message, response, path, query, user};
	const resource = parseResourcePath(path);
	if (!resource) return serveOther(exchange);
	if (!isServed(serving.cluster.api.kinds(), resource)) return sendMissing(exchange);
	const accepted = readAccept(message.headers.accept);
	if (!accepted) throw notAcceptable(message.headers.accept);
	await serveResource(exchange, resource, accepted);
}

/** The server of custom resources knows no group, only definitions: what it does not serve is no path of its (customresource_handler.go). */
function isServed(kinds: readonly Kind[], {group, version, resource}: ResourcePath): boolean {
	const members = kinds.filter(kind => kind.group === group && kind.version === version);
	return members.some(kind => !kind.customSchema || kind.plural === resource);
}

export function urlOf({url = '/'}: IncomingMessage): URL {
	try {
		return new URL(url.startsWith('/') ? `https://localhost${url}` : url);
	} catch {
		throw new ApiError(400, 'BadRequest', 'the path of the request cannot be read');
	}
}

function sendMissing({response, serving, user, path, message}: Exchange): void {
	if (!serving.users.mayGet(user, path, verbOf(message))) throw refusal(user, verbOf(message), path);
	sendText(response, 404, '404 page not found\n');
}

/** Paths that are none of a resource: discovery, health, the version, the schema. */
function serveOther(exchange: Exchange): void {
	const {serving, message, response, path, query, user} = exchange;
	const verb = verbOf(message);
	if (!serving.users.mayGet(user, path, verb)) throw refusal(user, verb, path);
	if (/^\/apis?\/.*\/\//.test(path) || /^\/api\/\//.test(path)) throw unknownResource();
	if (verb === 'get' && serveOpenApi(exchange)) return;
	const accepted = readAccept(message.headers.accept);
	const found = elsewhere(serving.cluster.api, path, query, accepted ?? {type: 'json'}, serving.address());
	if (!found) return void sendText(response, 404, '404 page not found\n');
	if ('text' in found) return void sendText(response, 200, found.text);
	if (verb !== 'get') throw methodNotAllowed();
	if (found.indented) return void send(response, 200, found.body, {pretty: true});
	if (!accepted) throw notAcceptable();
	send(response, 200, found.body, {...(found.type ? {type: found.type} : {accepted})});
}

const verbs: Readonly<Record<string, string>> = {GET: 'get', HEAD: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete'};
const verbOf = ({method = 'GET'}: IncomingMessage) => verbs[method] ?? method.toLowerCase();

const refusal = (user: User, verb: string, path: string) =>
	new ApiError(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {});

/** Of a media type that is given, only the form may be one that is not. */
const notAcceptable = (accept = '') =>
	new ApiError(
		406,
		'NotAcceptable',
		/;\s*as=/.test(accept)
			? 'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf'
			: '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
		{},
	);
