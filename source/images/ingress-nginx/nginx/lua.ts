import {type Exchange, type LuaFunction, type Modules, type Reply, reply} from '../../nginx/request/exchange.js';
import {factsOf} from '../../nginx/connection/secure.js';
import {variable} from '../../nginx/variables/variables.js';
import type {Options} from '../options.js';
import {chooseBackend, pickPeer, recordTries} from './balancer.js';
import {lookupIn} from './lookup.js';
import type {NginxContext} from './memory.js';
import {countRequest} from './metrics.js';

const configurationOf = ({memory}: Pick<NginxContext, 'memory'>) => memory.nginx!.configuration;
const optionsOf = ({context}: Exchange): Options => configurationOf(context).options;
const value = ({vars}: Exchange, name: string): string => vars.get(name) ?? '';

/** lua_ingress.rewrite: what a proxy in front says about scheme, port and host, and the way to https. */
function rewrite(exchange: Exchange, argument: string): Reply | undefined {
	const {vars, request} = exchange;
	const {headers} = request;
	const options = optionsOf(exchange);
	const isSet = (name: string) => argument.includes(`${name} = true`);
	vars.set('best_http_host', headers['host'] || (exchange.server.names[0] ?? ''));
	if (options.useForwardedHeaders) {
		const take = (header: string, name: string) => headers[header] && vars.set(name, headers[header].split(',')[0]!.trim());
		take('x-forwarded-proto', 'pass_access_scheme');
		take('x-forwarded-port', 'pass_server_port');
		take('x-forwarded-host', 'best_http_host');
	}

	vars.set('pass_port', value(exchange, 'pass_server_port'));
	if (value(exchange, 'pass_access_scheme') !== 'http' || isSet('force_no_ssl_redirect')) return undefined;
	const host = value(exchange, 'best_http_host').split(':')[0]!;
	const hasCertificate = () => lookupIn(configurationOf(exchange.context)).findCertificate(variable(exchange, 'host') ?? '') !== undefined;
	if (!isSet('force_ssl_redirect') && !(isSet('ssl_redirect') && hasCertificate())) return undefined;
	const uri = isSet('preserve_trailing_slash') ? request.target : request.target.replace(/\/$/, '');
	return reply(options.httpRedirectCode, [['Location', `https://${host}${isSet('use_port_in_redirects') ? ':443' : ''}${uri}`]]);
}

/** ngx_srv_redirect.lua: the port is always written. */
function rewriteTo(exchange: Exchange): Reply {
	const {request, secure, local} = exchange;
	const {headers, target} = request;
	const options = optionsOf(exchange);
	const forwarded = options.useForwardedHeaders;
	const scheme = (forwarded && headers['x-forwarded-proto']) || (secure ? 'https' : 'http');
	const port = (forwarded && headers['x-forwarded-port']) || local.port;
	const to = `${scheme}://${value(exchange, 'redirect_to')}:${port}${target.replace(/\/$/, '')}`;
	return reply(options.httpRedirectCode, [['Location', to]]);
}

/** lua_ingress.header: HSTS. */
function header(exchange: Exchange): undefined {
	const {hsts, hstsMaxAge, hstsIncludeSubdomains, hstsPreload} = optionsOf(exchange);
	if (!hsts || !exchange.secure) return;
	const words = [`max-age=${hstsMaxAge}`, hstsIncludeSubdomains && 'includeSubDomains', hstsPreload && 'preload'].filter(Boolean);
	exchange.headers.push(['Strict-Transport-Security', words.join('; ')]);
}

/** The dictionary of backends, as the controller posted it. */
const configuration: LuaFunction = exchange =>
	exchange.uri === '/configuration/backends'
		? {status: 200, headers: [], type: 'application/json', body: JSON.stringify(configurationOf(exchange.context).backends)}
		: {status: 404, headers: [], type: 'text/html', body: 'Not found!'};

/** What nginx.conf of ingress-nginx calls (rootfs/etc/nginx/lua). */
export const luaOfIngress: Modules = {
	lua: {
		'lua_ingress.rewrite': rewrite,
		'lua_ingress.rewrite_to': rewriteTo,
		'lua_ingress.header': header,
		'lua_ingress.is_dynamic_lb_initialized': () => ({status: 200, headers: [], type: 'text/html', body: 'OK\n'}),
		'balancer.rewrite': exchange => (chooseBackend(exchange) ? undefined : reply(503)),
		'balancer.log': recordTries,
		'monitor.call': countRequest,
		'configuration.call': configuration,
		'plugins.run': () => undefined,
	},
	balance(exchange) {
		const backend = chooseBackend(exchange);
		return backend && pickPeer(exchange, backend);
	},
	certificate(context: NginxContext, name) {
		const {findCertificate} = lookupIn(configurationOf(context));
		const found = (name !== '' && findCertificate(name)) || findCertificate('_');
		return factsOf((found || configurationOf(context).defaultCertificate).certificate);
	},
};
