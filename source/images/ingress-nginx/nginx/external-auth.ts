import type {ExternalAuth} from '../location-settings.js';
import {logError} from './error-log.js';
import {type Exchange, type Header, locationOf, type Reply, reply} from './exchange.js';
import {passedFields, requestBytes} from '../../nginx/upstream/upstream-request.js';
import {fetchUrl} from './fetch-url.js';
import {interpolate} from './variables.js';

/** auth-url of the Ingress, or the ConfigMap's global one. */
export function externalAuthOf(exchange: Exchange): ExternalAuth | undefined {
	const location = locationOf(exchange);
	if (location?.externalAuth) return location.externalAuth;
	return location?.enableGlobalAuth ? exchange.options.globalExternalAuth : undefined;
}

/** auth_request: a subrequest decides. 2xx lets in, 401 and 403 are passed on, all else is an error of ours. */
export function authenticate(exchange: Exchange): Reply | 'declined' | undefined {
	const auth = externalAuthOf(exchange);
	if (!auth) return 'declined';
	if (auth.cacheKey !== '') exchange.context.machine.sim.notes.notSimulated('ingress-nginx: auth-cache-key');
	if (auth.snippet !== '') exchange.context.machine.sim.notes.notSimulated('ingress-nginx: auth-snippet');
	const answer = fetchUrl(exchange, interpolate(exchange, auth.url), (path, host) =>
		requestBytes({
			method: auth.method || exchange.request.method,
			target: path,
			version: '1.1',
			set: headersFor(exchange, auth, host),
			passed: passedFields(exchange.request.fields),
			body: '',
		}),
	);
	if (!answer) return reply(500);
	const find = (wanted: string) => answer.headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
	if (answer.status >= 200 && answer.status < 300) {
		for (const [name, value] of answer.headers)
			if (name.toLowerCase() === 'set-cookie') exchange.addHeaders.push({header: ['Set-Cookie', value], always: auth.alwaysSetCookie});
		for (const name of auth.responseHeaders) exchange.forUpstream.push([name, find(name) ?? '']);
		return undefined;
	}

	if (answer.status === 401) {
		const challenge = find('www-authenticate');
		return reply(401, challenge === undefined ? [] : [['WWW-Authenticate', challenge]]);
	}

	if (answer.status === 403) return reply(403);
	logError(exchange, 'error', `auth request unexpected status: ${answer.status}`);
	return reply(500);
}

/** As the template writes the internal location. */
function headersFor(exchange: Exchange, auth: ExternalAuth, host: string): Header[] {
	const {request, vars, options} = exchange;
	const text = (template: string) => interpolate(exchange, template);
	return [
		['Host', auth.host || host],
		['Content-Length', ''],
		['X-Forwarded-Proto', ''],
		['X-Request-ID', text('$req_id')],
		...(auth.method === ''
			? []
			: ([
					['X-Original-URI', request.target],
					['X-Scheme', vars['pass_access_scheme']!],
				] as const)),
		['X-Original-URL', text('$scheme://$http_host$request_uri')],
		['X-Original-Method', request.method],
		['X-Sent-From', 'nginx-ingress-controller'],
		['X-Real-IP', exchange.client],
		['X-Forwarded-For', text(options.useForwardedHeaders && options.computeFullForwardedFor ? '$full_x_forwarded_for' : '$remote_addr')],
		['X-Auth-Request-Redirect', auth.requestRedirect === '' ? request.target : text(auth.requestRedirect)],
		...Object.entries(auth.proxySetHeaders).map(([name, value]): Header => [name, text(value)]),
	];
}

/** auth-signin: where a 401 leads instead. */
export function signinReply(exchange: Exchange): Reply | undefined {
	const auth = externalAuthOf(exchange);
	if (!auth || auth.signinUrl === '') return undefined;
	const {signinUrl} = auth;
	const param = auth.signinRedirectParam || 'rd';
	const query = signinUrl.includes('?') ? signinUrl.slice(signinUrl.indexOf('?') + 1) : '';
	const has = query.split('&').some(pair => pair.startsWith(`${param}=`) && pair.length > param.length + 1);
	const back = `${param}=$pass_access_scheme://$http_host$escaped_request_uri`;
	return reply(302, [['Location', interpolate(exchange, has ? signinUrl : `${signinUrl}${query === '' ? '?' : '&'}${back}`)]]);
}
