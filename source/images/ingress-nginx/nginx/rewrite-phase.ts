import {lacksSlash} from '../../nginx/config/find-location.js';
import {escapeUri} from '../../nginx/request/uri.js';
import {chooseBackend} from './balancer.js';
import {checkCertificate} from './client-certificate.js';
import {applyCors} from './cors.js';
import {logError} from './error-log.js';
import {type Exchange, locationOf, type Reply, reply} from './exchange.js';
import {findRoute} from './routes.js';
import {inList} from './location-list.js';
import {interpolate} from './variables.js';
import {runSnippet} from './snippet.js';

/** Server rewrite phase: what is decided before a location is looked for. */
export function rewriteServer(exchange: Exchange): Reply | undefined {
	const {host, options, request, uri} = exchange;
	if (blocked(options.blockUserAgents, request.headers['user-agent']) || blocked(options.blockReferers, request.headers['referer']))
		return reply(403);
	if (host.redirectTo !== undefined) return reply(options.httpRedirectCode, [['Location', wwwTarget(exchange, host.redirectTo)]]);
	const {locations, serverSnippet} = host.server;
	const unknown = checkCertificate(exchange);
	if (unknown) return unknown;
	const answered = runSnippet(exchange, serverSnippet) ?? runSnippet(exchange, options.serverSnippet);
	if (answered) return answered;
	const appRoot = uri === '/' ? locations.find(({rewrite}) => rewrite.appRoot !== '')?.rewrite.appRoot : undefined;
	if (appRoot !== undefined)
		return reply(302, [['Location', `${exchange.secure ? 'https' : 'http'}://${request.headers['host'] ?? ''}${appRoot}`]]);
	return undefined;
}

/** A map of user agents or referers: `~pattern`, `~*pattern`, or the whole text. */
const blocked = (list: readonly string[], value = ''): boolean =>
	list
		.map(each => each.trim())
		.some(each =>
			each.startsWith('~*')
				? new RegExp(each.slice(2), 'i').test(value)
				: each.startsWith('~')
					? new RegExp(each.slice(1)).test(value)
					: each.toLowerCase() === value.toLowerCase(),
		);

/** ngx_srv_redirect.lua: the port is always written. */
function wwwTarget({request, options, secure, local}: Exchange, to: string): string {
	const {headers, target} = request;
	const forwarded = options.useForwardedHeaders;
	const scheme = (forwarded && headers['x-forwarded-proto']) || (secure ? 'https' : 'http');
	const port = (forwarded && headers['x-forwarded-port']) || local.port;
	return `${scheme}://${to}:${port}${target.endsWith('/') ? target.slice(0, -1) : target}`;
}

/** Finds the location and checks the body's announced size, as nginx does before it looks at anything in it. */
export function findConfig(exchange: Exchange): Reply | undefined {
	const {routes} = exchange.host;
	if (lacksSlash(routes, exchange.uri, ({builtin}) => builtin === undefined)) {
		const {uri, args} = exchange;
		return reply(301, [['Location', `${escapeUri(uri)}/${args === '' ? '' : `?${args}`}`]]);
	}

	exchange.route = findRoute(exchange.host, exchange.uri);
	const location = locationOf(exchange);
	if (!exchange.route) return reply(404);
	const max = sizeOf(location?.proxy.bodySize ?? '1m');
	const length = Number(exchange.request.headers['content-length'] ?? 0);
	if (max === 0 || length <= max) return undefined;
	logError(exchange, 'error', `client intended to send too large body: ${length} bytes`);
	return reply(413);
}

const units: Readonly<Record<string, number>> = {k: 1024, m: 1024 ** 2, g: 1024 ** 3};

/** `8k`; 0 checks nothing. What nginx would not take, the template leaves out: then it is its default. */
export function sizeOf(text: string): number {
	const match = /^(\d+)([kKmMgG]?)$/.exec(text.trim());
	return match ? Number(match[1]) * (units[match[2]!.toLowerCase()] ?? 1) : 1024 ** 2;
}

/** The location's rewrite directives (in the order of the template), then lua's part: variables, redirect to https, balancer. */
export function rewriteLocation(exchange: Exchange): Reply | undefined {
	const location = locationOf(exchange);
	if (!location) return undefined;
	setVariables(exchange);
	if (location.denied !== undefined) return reply(503);
	const preflight = applyCors(exchange);
	if (preflight) return preflight;
	const answered = runSnippet(exchange, location.configurationSnippet) ?? runSnippet(exchange, exchange.options.locationSnippet);
	if (answered) return answered;
	if (location.redirect.url !== '') return reply(location.redirect.code, [['Location', interpolate(exchange, location.redirect.url)]]);
	const rewritten = rewriteUri(exchange);
	if (rewritten) return rewritten;
	scheme(exchange);
	if (toHttps(exchange)) return reply(exchange.options.httpRedirectCode, [['Location', httpsTarget(exchange)]]);
	exchange.backend = chooseBackend(exchange);
	return exchange.backend ? undefined : reply(503);
}

function setVariables(exchange: Exchange): void {
	const location = locationOf(exchange)!;
	const {vars, secure, local, request, hostName} = exchange;
	Object.assign(vars, {
		namespace: location.ingress?.namespace ?? '',
		ingress_name: location.ingress?.name ?? '',
		service_name: location.service.name,
		service_port: location.service.port,
		location_path: location.path,
		proxy_upstream_name: location.backend,
		proxy_host: location.backend,
		proxy_alternative_upstream_name: '',
		pass_access_scheme: secure ? 'https' : 'http',
		pass_server_port: String(local.port),
		best_http_host: request.headers['host'] || hostName,
		pass_port: String(local.port),
	});
}

/** rewrite-target; the rest of the query follows. */
function rewriteUri(exchange: Exchange): Reply | undefined {
	const {route, uri} = exchange;
	const match = route?.rewrite?.exec(uri);
	if (!match) return undefined;
	const target = interpolate(
		exchange,
		route!.location!.rewrite.target.replace(/\$(\d)/g, (_, digit: string) => match[Number(digit)] ?? ''),
	);
	if (/^(https?:\/\/|\$scheme)/.test(target)) return reply(302, [['Location', withArgs(target, exchange.args)]]);
	const mark = target.indexOf('?');
	const path = mark < 0 ? target : target.slice(0, mark);
	if (path === '') {
		logError(exchange, 'error', 'the rewritten URI has a zero length');
		return reply(500);
	}

	if (mark >= 0) exchange.args = withArgs(target, exchange.args).slice(mark + 1);
	exchange.uri = path;
	exchange.rewritten = true;
	return undefined;
}

/** A `?` at the end drops the old query. */
const withArgs = (target: string, args: string): string => {
	if (target.endsWith('?')) return target.slice(0, -1);
	return args === '' ? target : `${target}${target.includes('?') ? '&' : '?'}${args}`;
};

/** lua_ingress.rewrite: what a proxy in front says about scheme, port and host. */
function scheme({options, request, vars}: Exchange): void {
	const {headers} = request;
	if (options.useForwardedHeaders) {
		if (headers['x-forwarded-proto']) vars['pass_access_scheme'] = headers['x-forwarded-proto'];
		if (headers['x-forwarded-port']) vars['pass_server_port'] = headers['x-forwarded-port'];
		if (headers['x-forwarded-host']) vars['best_http_host'] = headers['x-forwarded-host'].split(',')[0]!;
	}

	vars['pass_port'] = vars['pass_server_port']!;
}

function toHttps(exchange: Exchange): boolean {
	const {rewrite, path} = locationOf(exchange)!;
	const {vars, options, routes, hostName} = exchange;
	if (vars['pass_access_scheme'] !== 'http' || inList(path, options.noTlsRedirectLocations)) return false;
	return rewrite.forceSslRedirect || (rewrite.sslRedirect && routes.findCertificate(hostName) !== undefined);
}

function httpsTarget(exchange: Exchange): string {
	const {rewrite, usePortInRedirects} = locationOf(exchange)!;
	const {target} = exchange.request;
	const uri = !rewrite.preserveTrailingSlash && target.endsWith('/') ? target.slice(0, -1) : target;
	const host = exchange.vars['best_http_host']!.split(':')[0]!;
	return `https://${host}${usePortInRedirects ? ':443' : ''}${uri}`;
}
