import {methodNotAllowed} from '../../api/errors.js';
import {elsewhere} from '../../api/http/elsewhere.js';
import {isPretty, jsonText} from '../../api/http/answer-text.js';
import {shaped} from '../../api/http/request.js';
import {readObjectText} from '../../api/http/body.js';
import {parseResourcePath, type ResourcePath} from '../../api/http/path.js';
import type {ApiRequest} from '../../api/server.js';
import {ApiError} from '../../api/status.js';
import {failure, notSimulated} from './failure.js';
import {fromBytes, latin1ToBytes} from '../../shell/run/stream.js';
import {readText} from './resource/files.js';
import type {Session} from './session.js';
import type {Call} from './verb.js';

/** `create`, `replace` and `delete --raw` take a file as it stands; next to it little else is allowed. */
export function checkRaw({flags}: Call, files: {readonly needed: boolean; readonly selects?: boolean}): void {
	const names = flags.list('filename');
	if (names.length > 1 || (files.needed && names.length === 0)) throw failure('--raw can only use a single local file or stdin');
	if (/^https?:\/\//.test(names[0] ?? '')) throw failure('--raw cannot read from a url');
	if (flags.bool('recursive')) throw failure('--raw and --recursive are mutually exclusive');
	if (files.selects && flags.string('selector') !== '') throw failure('--raw and --selector (-l) are mutually exclusive');
	if (flags.string('output') !== '') throw failure('--raw and --output are mutually exclusive');
	checkUri(flags.string('raw'));
}

function checkUri(uri: string): void {
	if (!/^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(uri))
		throw failure(`--raw must be a valid URL path: parse ${JSON.stringify(uri)}: invalid URI for request`);
}

/** Sends the file that was named to the path that was named. */
export function sendRaw({session, flags}: Call, verb: 'create' | 'update' | 'delete'): string {
	const [name] = flags.list('filename');
	return rawRequest(
		session,
		verb,
		flags.string('raw'),
		name === undefined ? undefined : name === '-' ? session.io.stdin : readText(session, name),
	);
}

/** `kubectl get --raw /api/v1/...`: the path of a request as the server would see it, and its answer as JSON text. */
export function rawRequest(session: Session, verb: 'get' | 'delete' | 'create' | 'update', uri: string, text?: string): string {
	const [path = '', search = ''] = uri.split('?');
	checkUri(uri);
	session.connect(false);
	const query = new URLSearchParams(search);
	const found = parseResourcePath(path);
	if (!found) return atPath(session, verb, path, query);
	if (found.subresource === 'proxy' && verb === 'get') return proxied(session, found, path, search);
	const {rest: _, watch: __, ...request} = found;
	const kind = session.api.kinds().find(each => each.plural === found.resource && each.group === found.group);
	if (kind?.namespaced && found.namespace === undefined && found.name !== undefined) throw nowhere();
	if (verb === 'get' && (/^(?:log|exec|attach|portforward)$/.test(found.subresource ?? '') || query.get('watch')))
		throw notSimulated(`kubectl get --raw ${uri}`);
	const body =
		text === undefined ? undefined : readObjectText(text, 'application/json', verb === 'delete' ? 'DeleteOptions' : (kind?.kind ?? ''));
	const actual: ApiRequest['verb'] = verb === 'get' && request.name === undefined ? 'list' : verb;
	const given = {...request, verb: actual, query: Object.fromEntries(query), ...(body !== undefined && {body})};
	const answer = shaped({code: 200, body: session.request(given), warnings: []}, {type: 'json'}, found, kind?.customSchema !== undefined);
	return jsonText(answer, isPretty(query, undefined));
}

const nowhere = () => new ApiError(404, 'NotFound', 'the server could not find the requested resource');

/** Health, the version, discovery. */
function atPath(session: Session, verb: string, path: string, query: URLSearchParams): string {
	const {api, user} = session;
	if (!api.allows({user, verb, group: '', resource: '', path}))
		throw new ApiError(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {});
	if (/^\/(?:metrics|openapi|openid|\.well-known|logs|debug)\b/.test(path)) throw notSimulated(`kubectl get --raw ${path}`);
	const found = elsewhere(api, path, query, {type: 'json'}, new URL(session.access.server).host);
	if (!found) throw nowhere();
	if ('text' in found) return found.text;
	if (verb !== 'get') throw methodNotAllowed();
	return jsonText(found.body, found.indented || isPretty(query, undefined));
}

/** What a Service or a Pod answers; clients follow the way to its root by themselves. */
function proxied(session: Session, resource: ResourcePath, path: string, query: string): string {
	const {user, api} = session;
	const [, host = ''] = /^https?:\/\/([^/]+)/.exec(session.access.server) ?? [];
	const root = resource.rest === '' && !path.endsWith('/') ? `${path}/` : path;
	const headers = [
		['Host', host],
		['User-Agent', 'kubectl/v1.33.1 (linux/amd64) kubernetes'],
		['Accept', 'application/json, */*'],
	] as const;
	const {status, body} = api.proxy({user, resource, method: 'GET', path: root, query, headers, body: ''});
	const text = fromBytes(latin1ToBytes(body));
	if (status < 400) return text;
	if (status === 404) throw nowhere();
	const message = `an error on the server (${JSON.stringify(text.trim())}) has prevented the request from succeeding`;
	throw new ApiError(status, 'InternalError', message);
}
