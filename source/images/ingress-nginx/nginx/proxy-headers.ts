import type {Location} from '../configuration.js';
import type {Exchange, Header} from './exchange.js';
import {certificateHeaders} from './client-certificate.js';
import {inList} from './location-list.js';
import {interpolate} from './variables.js';

/** proxy_set_header of a location, in the order of the template. Empty ones are not sent. */
export function upstreamHeaders(exchange: Exchange, location: Location): Header[] {
	const {options, vars, routes, forUpstream} = exchange;
	const text = (template: string) => interpolate(exchange, template);
	const secured = location.basicAuth !== undefined && !inList(location.path, options.noAuthLocations);
	const full = options.useForwardedHeaders && options.computeFullForwardedFor;
	return [
		...forUpstream,
		...(secured ? [['Authorization', ''] as const] : []),
		['Host', location.upstreamVhost === '' ? vars['best_http_host']! : text(location.upstreamVhost)],
		...certificateHeaders(exchange),
		['Upgrade', text('$http_upgrade')],
		['Connection', text(location.connectionHeader === '' ? '$connection_upgrade' : location.connectionHeader)],
		['X-Request-ID', text('$req_id')],
		['X-Real-IP', exchange.client],
		['X-Forwarded-For', text(full ? '$full_x_forwarded_for' : '$remote_addr')],
		['X-Forwarded-Host', vars['best_http_host']!],
		['X-Forwarded-Port', vars['pass_port']!],
		['X-Forwarded-Proto', vars['pass_access_scheme']!],
		['X-Forwarded-Scheme', vars['pass_access_scheme']!],
		...(options.proxyAddOriginalUriHeader ? [['X-Original-URI', exchange.request.target] as const] : []),
		['X-Scheme', vars['pass_access_scheme']!],
		['X-Original-Forwarded-For', exchange.request.headers[options.forwardedForHeader.toLowerCase()] ?? ''],
		['Proxy', ''],
		...Object.entries(routes.configuration.proxySetHeaders).map(([name, value]): Header => [name, text(value)]),
		...(location.backend.startsWith('custom-default-backend-') ? errorHeaders(exchange, 503) : []),
		...(location.rewrite.target !== '' && location.rewrite.target !== location.path && location.xForwardedPrefix !== ''
			? [['X-Forwarded-Prefix', text(location.xForwardedPrefix)] as const]
			: []),
	];
}

/** What a default backend is told about the error it is to show. */
export const errorHeaders = (exchange: Exchange, status: number): Header[] => {
	const text = (template: string) => interpolate(exchange, template);
	return [
		['X-Code', String(status)],
		['X-Format', text('$http_accept')],
		['X-Namespace', text('$namespace')],
		['X-Ingress-Name', text('$ingress_name')],
		['X-Service-Name', text('$service_name')],
		['X-Service-Port', text('$service_port')],
		['X-Request-ID', text('$req_id')],
	];
};
