import type {Core} from '../core.js';
import type {ResourcePath} from '../http/path.js';
import {proxyTarget, type ProxyTarget, splitProxyName} from './proxy-target.js';
import {allow} from './requests.js';
import {ApiError} from '../status.js';
import type {User} from '../user.js';

/** A request for what a Service or a Pod serves, through the API server. */
export interface ProxyRequest {
	readonly user: User;
	readonly resource: ResourcePath;
	readonly method: string;
	/** As it was asked for, without the query. */
	readonly path: string;
	/** `''`, or what follows the question mark. */
	readonly query: string;
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	/** Bytes, as latin-1 text. */
	readonly body: string;
}

export interface ProxyAnswer {
	readonly status: number;
	readonly statusText: string;
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	/** Bytes, as latin-1 text. */
	readonly body: string;
}

/** Bytes for a target of the proxy, and what came back, or why nothing did. */
export type CallProxied = (target: ProxyTarget, bytes: string) => {readonly bytes: string} | {readonly error: string};

const verbs: Readonly<Record<string, string>> = {POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete'};
/** Belong to one connection, or to the API server itself. */
const dropped = new Set(['connection', 'keep-alive', 'authorization', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'content-length']);

/** Models apiserver's proxy subresource: apimachinery/pkg/util/proxy/upgradeaware.go and transport.go. */
export function proxy(core: Core, request: ProxyRequest): ProxyAnswer {
	const {user, resource, method, path, query} = request;
	const {group, version, namespace = '', name = '', subresource = 'proxy'} = resource;
	const verb = verbs[method] ?? 'get';
	allow(core, {user, verb, group, version, resource: resource.resource, subresource, ...(namespace && {namespace}), name});
	if (!core.callProxied || !['pods', 'services'].includes(resource.resource)) {
		const what = `the proxy subresource of ${resource.resource}`;
		core.sim.notes.notSimulated(what);
		throw new ApiError(501, 'NotImplemented' as never, `kubelab: not simulated: ${what}`, {});
	}

	const dice = core.sim.random.fork('api/proxy');
	const target = proxyTarget(core.reader, resource.resource, namespace, name, count => dice.int(count));
	if (resource.rest === '' && !path.endsWith('/'))
		return {status: 301, statusText: 'Moved Permanently', headers: [['Location', `${path}/${query && `?${query}`}`]], body: ''};
	const answer = core.callProxied(target, messageOf(request, target));
	if ('error' in answer) throw new ApiError(503, 'ServiceUnavailable', `error trying to reach service: ${answer.error}`);
	return read(answer.bytes, prefixOf(request));
}

function messageOf({method, path, query, headers, body, resource}: ProxyRequest, target: ProxyTarget): string {
	const passed = headers.filter(([name]) => !dropped.has(name.toLowerCase()));
	const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? `${target.host}:${target.port}`;
	const rest = `/${resource.rest.split('/').map(encodeURIComponent).join('/')}${resource.rest && path.endsWith('/') ? '/' : ''}`;
	const lines = [
		`${method} ${rest}${query && `?${query}`} HTTP/1.1`,
		`Host: ${host}`,
		...passed.filter(([name]) => name.toLowerCase() !== 'host').map(([name, value]) => `${name}: ${value}`),
		...(body ? [`Content-Length: ${body.length}`] : []),
		'X-Forwarded-For: 127.0.0.1',
		`X-Forwarded-Uri: ${prefixOf({path, resource})}${rest}`,
		'Connection: close',
	];
	return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** The part of the path that the server behind it does not know of. */
function prefixOf({path, resource}: Pick<ProxyRequest, 'path' | 'resource'>): string {
	const mark = `/${resource.subresource ?? 'proxy'}`;
	const after = path.indexOf(`/${splitProxyName(resource.name ?? '')?.name ?? ''}`);
	return path.slice(0, path.indexOf(mark, Math.max(after, 0)) + mark.length);
}

function read(bytes: string, prefix: string): ProxyAnswer {
	const [, status, statusText = ''] = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)/.exec(bytes) ?? [];
	if (!status) throw new ApiError(503, 'ServiceUnavailable', 'error trying to reach service: EOF');
	const end = bytes.indexOf('\r\n\r\n');
	const headers = bytes
		.slice(0, end)
		.split('\r\n')
		.slice(1)
		.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const)
		.filter(([name]) => !dropped.has(name.toLowerCase()))
		.map(([name, value]) => [name, name.toLowerCase() === 'location' && value.startsWith('/') ? prefix + value : value] as const);
	const isHtml = headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/html'));
	const body = bytes.slice(end + 4);
	return {status: Number(status), statusText, headers, body: isHtml ? body.replace(links, `$1${prefix}/`) : body};
}

/** Links that start at the root of the server are led back through the proxy. */
const links = /(\s(?:href|src|action|cite|background|longdesc|data)=["'])\/(?!\/)/g;
