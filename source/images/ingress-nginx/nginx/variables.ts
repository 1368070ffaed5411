import {escapeComponent} from '../../nginx/request/uri.js';
import {accessTime, seconds} from '../../nginx/log/times.js';
import {cookieVariable} from './cookie.js';
import type {Exchange, UpstreamTry} from './exchange.js';

type Read = (exchange: Exchange) => string | undefined;

const list = ({tries}: Exchange, text: (each: UpstreamTry) => string): string | undefined =>
	tries.length === 0 ? undefined : tries.map((each, i) => `${i === 0 ? '' : each.afterRedirect ? ' : ' : ', '}${text(each)}`).join('');

const scheme: Read = ({secure}) => (secure ? 'https' : 'http');
const uri: Read = ({uri: path}) => path;
const args: Read = each => each.args;

/** nginx's own variables; `set` ones are in `exchange.vars`. Undefined shows as `-` in a log and as nothing elsewhere. */
const readers: Readonly<Record<string, Read>> = {
	args,
	query_string: args,
	is_args: each => (each.args === '' ? '' : '?'),
	uri,
	document_uri: uri,
	request_uri: ({request}) => request.target,
	request: ({request}) => request.line,
	request_method: ({request}) => request.method,
	request_body: ({request}) => request.body || undefined,
	request_length: ({request}) => String(request.headLength + request.body.length),
	request_time: each => seconds(each.elapsedMs),
	request_id: ({requestId}) => requestId,
	req_id: ({request, requestId, options}) => request.headers['x-request-id'] || (options.generateRequestId ? requestId : ''),
	scheme,
	https: ({secure}) => (secure ? 'on' : ''),
	host: ({hostName}) => hostName,
	hostname: ({context}) => context.machine.hostname,
	server_name: ({host}) => host.server.hostname,
	server_port: ({local}) => String(local.port),
	server_addr: ({local}) => local.address,
	server_protocol: ({request, http2}) => `HTTP/${http2 ? '2.0' : request.version}`,
	remote_addr: ({client}) => client,
	the_real_ip: ({client}) => client,
	ssl_client_verify: () => 'NONE',
	ssl_protocol: ({secure}) => (secure ? 'TLSv1.3' : undefined),
	ssl_cipher: ({secure}) => (secure ? 'TLS_AES_256_GCM_SHA384' : undefined),
	realip_remote_addr: ({peer}) => peer.address,
	remote_port: ({peer}) => String(peer.port),
	remote_user: ({remoteUser}) => remoteUser || undefined,
	binary_remote_addr: ({client}) => client,
	content_type: ({request}) => request.headers['content-type'],
	content_length: ({request}) => request.headers['content-length'],
	connection: ({serial}) => String(serial),
	connection_requests: () => '1',
	time_local: ({context, elapsedMs}) => accessTime(context.machine.sim.clock.now() + elapsedMs),
	msec: ({context, elapsedMs}) => seconds(context.machine.sim.clock.now() + elapsedMs),
	nginx_version: () => '1.25.5',
	proxy_add_x_forwarded_for: ({request, client}) =>
		request.headers['x-forwarded-for'] ? `${request.headers['x-forwarded-for']}, ${client}` : client,
	full_x_forwarded_for: ({request, peer}) =>
		request.headers['x-forwarded-for'] ? `${request.headers['x-forwarded-for']}, ${peer.address}` : peer.address,
	escaped_request_uri: ({request}) => escapeComponent(request.target),
	literal_dollar: () => '$',
	connection_upgrade: ({request, options}) =>
		request.headers['upgrade'] ? 'upgrade' : options.upstreamKeepaliveConnections > 0 ? '' : 'close',
	upstream_addr: each => list(each, ({address}) => address),
	upstream_status: each => list(each, ({status}) => status),
	upstream_response_length: each => list(each, ({length}) => length),
	upstream_response_time: each => list(each, ({ms}) => seconds(ms)),
	upstream_connect_time: each => list(each, () => '0.000'),
	upstream_header_time: each => list(each, ({ms}) => seconds(ms)),
};

export function variable(exchange: Exchange, name: string): string | undefined {
	if (Object.hasOwn(exchange.vars, name)) return exchange.vars[name];
	if (Object.hasOwn(readers, name)) return readers[name]!(exchange);
	const {request} = exchange;
	if (name.startsWith('http_')) return request.headers[name.slice(5).replaceAll('_', '-')];
	if (name.startsWith('cookie_')) return cookieVariable(request.headers['cookie'], name.slice(7));
	if (name.startsWith('arg_')) return new RegExp(`(?:^|&)${name.slice(4).replace(/\W/g, '')}=([^&]*)`, 'i').exec(exchange.args)?.[1];
	return undefined;
}

/** A text with its `$name` and `${name}` replaced. */
export const interpolate = (exchange: Exchange, text: string, absent = ''): string =>
	text.includes('$')
		? text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string, bare: string) => variable(exchange, braced ?? bare) ?? absent)
		: text;
