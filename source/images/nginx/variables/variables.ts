import {hostName} from '../connection/request-head.js';
import type {Exchange} from '../request/exchange.js';
import {fromMap, fromSplit} from './tables.js';

/** What stands for itself in a request. */
const known: Readonly<Record<string, (exchange: Exchange) => string>> = {
	host: ({request, server}) => hostName(request.headers['host'] ?? '') || (server.names[0] ?? ''),
	hostname: ({context}) => context.machine.hostname,
	remote_addr: ({client}) => client,
	request_uri: ({request}) => request.target,
	uri: ({uri}) => uri,
	document_uri: ({uri}) => uri,
	args: ({args}) => args,
	query_string: ({args}) => args,
	is_args: ({args}) => (args === '' ? '' : '?'),
	request: ({request}) => request.line,
	request_method: ({request}) => request.method,
	request_body: ({request}) => request.body,
	content_type: ({request}) => request.headers['content-type'] ?? '',
	content_length: ({request}) => request.headers['content-length'] ?? '',
	scheme: ({secure}) => (secure ? 'https' : 'http'),
	https: ({secure}) => (secure ? 'on' : ''),
	server_port: ({port}) => String(port),
	server_addr: () => '',
	server_name: ({server}) => server.names[0] ?? '',
	server_protocol: ({request}) => `HTTP/${request.version}`,
	ssl_server_name: ({serverName}) => serverName ?? '',
	proxy_add_x_forwarded_for: ({request, client}) =>
		request.headers['x-forwarded-for'] ? `${request.headers['x-forwarded-for']}, ${client}` : client,
	nginx_version: ({software}) => software.slice(6),
	request_id: exchange => once(exchange, 'request_id', () => randomOf(exchange).hex(32)),
};

const randomOf = ({context: {machine}}: Exchange) => machine.sim.random.fork(`nginx/${machine.hostname}/request-id`);

/** Drawn once for a request, however often it is read. */
function once({vars}: Exchange, name: string, draw: () => string): string {
	const value = vars.get(name) ?? draw();
	vars.set(name, value);
	return value;
}

const cookie = ({request}: Exchange, name: string): string =>
	(request.headers['cookie'] ?? '')
		.split(/; */)
		.find(each => each.startsWith(`${name}=`))
		?.slice(name.length + 1) ?? '';

const argument = ({args}: Exchange, name: string): string =>
	args
		.split('&')
		.find(each => each.slice(0, name.length + 1).toLowerCase() === `${name.toLowerCase()}=`)
		?.slice(name.length + 1) ?? '';

/** The value of `$name`; one that nobody has set is empty. */
export function variable(exchange: Exchange, name: string): string {
	const own = exchange.vars.get(name) ?? exchange.captures[name] ?? known[name]?.(exchange);
	if (own !== undefined) return own;
	const table = exchange.table.variables.get(name);
	if (table) return table.name === 'map' ? fromMap(exchange, table, expand) : fromSplit(exchange, table, expand);
	if (name.startsWith('http_')) return exchange.request.headers[name.slice(5).replaceAll('_', '-')] ?? '';
	if (name.startsWith('arg_')) return argument(exchange, name.slice(4));
	if (name.startsWith('cookie_')) return cookie(exchange, name.slice(7));
	return '';
}

/** Text of the configuration with its variables put in. */
export const expand = (exchange: Exchange, text: string): string =>
	text.includes('$')
		? text.replace(/\$(?:\{(\w+)\}|(\d|[A-Za-z_]\w*))/g, (_, braced: string, bare: string) => variable(exchange, braced ?? bare))
		: text;
