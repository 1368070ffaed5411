import {versionInfo} from '../../api/http/version.js';
import {parseResourcePath, type ResourcePath} from '../../api/http/path.js';

import type {ApiRequest} from '../../api/server.js';
import {ApiError} from '../../api/status.js';
import {failure} from './failure.js';
import {toJsonLine} from './output/json-print.js';
import {fromBytes, latin1ToBytes} from '../../shell/run/stream.js';
import type {Session} from './session.js';

/** `kubectl get --raw /api/v1/...`: the path of a request as the server would see it, and its answer as JSON text. */
export function rawRequest(session: Session, verb: 'get' | 'delete' | 'create' | 'update', uri: string, body?: unknown): string {
	const [path = '', search = ''] = uri.split('?');
	if (!/^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(path))
		throw failure(`--raw must be a valid URL path: parse ${JSON.stringify(uri)}: invalid URI for request`);
	if (['/healthz', '/livez', '/readyz'].includes(path)) {
		void session.api;
		return 'ok';
	}

	if (path === '/version') return toJsonLine(versionInfo, false);
	const found = parseResourcePath(path);
	if (!found) throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
	if (found.subresource === 'proxy' && verb === 'get') return proxied(session, found, path, search);
	const {rest: _, watch: __, ...request} = found;
	const query = Object.fromEntries(
		search
			.split('&')
			.filter(Boolean)
			.map(pair => pair.split('=').map(decodeURIComponent) as [string, string]),
	);
	const actual: ApiRequest['verb'] = verb === 'get' && request.name === undefined ? 'list' : verb;
	return `${toJsonLine(session.request({...request, verb: actual, query, ...(body !== undefined && {body})}), false)}\n`;
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
	if (status === 404) throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
	const message = `an error on the server (${JSON.stringify(text.trim())}) has prevented the request from succeeding`;
	throw new ApiError(status, 'InternalError', message);
}
