import {normalise} from '../../../os/layer.js';
import {hostName} from '../connection/request-head.js';
import {fileOf, rootOf} from '../content/place.js';
import type {Exchange, UpstreamTry} from '../request/exchange.js';
import {escapeComponent} from '../request/uri.js';
import {accessTime, isoTime, seconds} from '../log/times.js';
import {fromGeo, fromMap, fromSplit} from './tables.js';

type Read = (exchange: Exchange) => string | undefined;

const list = ({tries}: Exchange, text: (each: UpstreamTry) => string): string | undefined =>
	tries.length === 0 ? undefined : tries.map((each, i) => `${i === 0 ? '' : each.afterRedirect ? ' : ' : ', '}${text(each)}`).join('');

const uri: Read = exchange => exchange.uri;
const args: Read = exchange => exchange.args;

/** nginx's own; undefined shows as `-` in a log and as nothing elsewhere. */
const known: Readonly<Record<string, Read>> = {
	args,
	query_string: args,
	is_args: exchange => (exchange.args === '' ? '' : '?'),
	uri,
	document_uri: uri,
	request_uri: ({request}) => request.target,
	request: ({request}) => request.line,
	request_method: ({request}) => request.method,
	request_body: ({request}) => request.body || undefined,
	request_length: ({request}) => String(request.headLength + request.body.length),
	request_time: ({elapsedMs}) => seconds(elapsedMs),
	request_id: exchange => once(exchange, 'request_id', () => randomOf(exchange).hex(32)),
	scheme: ({secure}) => (secure ? 'https' : 'http'),
	https: ({secure}) => (secure ? 'on' : ''),
	host: ({request, server}) => hostName(request.headers['host'] ?? '') || (server.names[0] ?? ''),
	hostname: ({context}) => context.machine.hostname,
	server_name: ({server}) => server.names[0] ?? '',
	server_port: ({local}) => String(local.port),
	server_addr: ({local}) => local.address,
	server_protocol: ({request, http2}) => `HTTP/${http2 ? '2.0' : request.version}`,
	remote_addr: ({client}) => client,
	binary_remote_addr: ({client}) => client,
	realip_remote_addr: ({peer}) => peer.address,
	remote_port: ({peer}) => String(peer.port),
	remote_user: ({remoteUser}) => remoteUser || undefined,
	content_type: ({request}) => request.headers['content-type'],
	content_length: ({request}) => request.headers['content-length'],
	connection: ({serial}) => String(serial),
	connection_requests: ({before}) => String(before + 1),
	pipe: ({pipelined}) => (pipelined ? 'p' : '.'),
	document_root: exchange => rootOf(exchange, expand),
	realpath_root: exchange => normalise(rootOf(exchange, expand)),
	request_filename: exchange => fileOf(exchange, exchange.uri, expand),
	limit_rate: () => '0',
	request_completion: () => '',
	time_iso8601: ({context, elapsedMs}) => isoTime(context.machine.sim.clock.now() + elapsedMs),
	time_local: ({context, elapsedMs}) => accessTime(context.machine.sim.clock.now() + elapsedMs),
	msec: ({context, elapsedMs}) => seconds(context.machine.sim.clock.now() + elapsedMs),
	pid: ({nginx}) => String(nginx.workerPid),
	nginx_version: ({nginx}) => nginx.software.slice(6),
	ssl_server_name: ({serverName}) => serverName,
	ssl_client_verify: ({secure}) => (secure ? 'NONE' : undefined),
	ssl_protocol: ({secure}) => (secure ? 'TLSv1.3' : undefined),
	ssl_cipher: ({secure}) => (secure ? 'TLS_AES_256_GCM_SHA384' : undefined),
	proxy_add_x_forwarded_for: ({request, client}) =>
		request.headers['x-forwarded-for'] ? `${request.headers['x-forwarded-for']}, ${client}` : client,
	upstream_addr: each => list(each, ({address}) => address),
	upstream_status: each => list(each, ({status}) => status),
	upstream_response_length: each => list(each, ({length}) => length),
	upstream_response_time: each => list(each, ({ms}) => seconds(ms)),
	upstream_connect_time: each => list(each, () => '0.000'),
	upstream_header_time: each => list(each, ({ms}) => seconds(ms)),
};

const randomOf = ({context: {machine}}: Exchange) => machine.sim.random.fork(`nginx/${machine.hostname}/request-id`);

/** Drawn once for a request, however often it is read. */
function once({vars}: Exchange, name: string, draw: () => string): string {
	const value = vars.get(name) ?? draw();
	vars.set(name, value);
	return value;
}

/** Families, by the beginning of the name. */
const families: ReadonlyArray<readonly [prefix: string, read: (exchange: Exchange, rest: string) => string | undefined]> = [
	['http_', ({request}, name) => request.headers[name.replaceAll('_', '-')]],
	['arg_', argument],
	['cookie_', ({request}, name) => cookieOf(request.headers['cookie'], name, (a, b) => a.toLowerCase() === b.toLowerCase())],
	['upstream_http_', ({upstreamHeaders}, name) => upstreamHeaders.find(([each]) => each.toLowerCase().replaceAll('-', '_') === name)?.[1]],
];

function argument(exchange: Exchange, name: string): string | undefined {
	const wanted = `${name.toLowerCase()}=`;
	return exchange.args
		.split('&')
		.find(each => each.slice(0, wanted.length).toLowerCase() === wanted)
		?.slice(wanted.length);
}

/** A cookie of the request. */
export function cookieOf(header: string | undefined, name: string, same = (a: string, b: string) => a === b): string | undefined {
	for (const pair of header?.split(';') ?? []) {
		const equals = pair.indexOf('=');
		if (equals > 0 && same(pair.slice(0, equals).trim(), name)) return pair.slice(equals + 1).trim();
	}

	return undefined;
}

/** The value of `$name`; undefined when nobody has given it one. */
export function variable(exchange: Exchange, name: string): string | undefined {
	const own = exchange.vars.get(name) ?? exchange.captures[name];
	if (own !== undefined) return own;
	const table = exchange.nginx.table.variables.get(name);
	if (table)
		return (
			({map: fromMap, geo: fromGeo} as Readonly<Record<string, typeof fromMap>>)[table.name]?.(exchange, table, expand) ??
			fromSplit(exchange, table, expand)
		);
	if (Object.hasOwn(known, name)) return known[name]!(exchange);
	for (const [prefix, read] of families) if (name.startsWith(prefix)) return read(exchange, name.slice(prefix.length));
	return undefined;
}

/** Text of the configuration with its variables put in; `capture` writes `$1` otherwise. */
export const expand = (exchange: Exchange, text: string, capture?: (text: string) => string): string =>
	text.includes('$')
		? text.replace(/\$(?:\{(\w+)\}|(\d|[A-Za-z_]\w*))/g, (_, braced: string, bare: string) => {
				const value = variable(exchange, braced ?? bare) ?? '';
				return capture && /^\d$/.test(bare) ? capture(value) : value;
			})
		: text;

/** `set_escape_uri`, `ngx.escape_uri` */
export const escaped = (exchange: Exchange, text: string): string => escapeComponent(expand(exchange, text));
