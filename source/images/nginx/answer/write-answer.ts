import type {ServiceAnswer} from '../../../net/socket.js';
import {httpDate} from '../../http/answer.js';
import {hostName} from '../connection/request-head.js';
import {isOn, settings, word} from '../config/levels.js';
import type {Exchange, Header, Reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {expiresHeaders} from './expires.js';
import {moreHeaders} from './more-headers.js';
import {specialPage, statusLine} from './pages.js';
import {substitute} from './sub-filter.js';

/** After these the connection is of no use any more (ngx_http_special_response_handler). */
const closing = new Set([400, 413, 414, 500, 501]);

export interface Written extends ServiceAnswer {
	readonly status: number;
	/** `$body_bytes_sent` */
	readonly bodyBytes: number;
}

/** The bytes of a reply: header filters in their order, nginx's own page where there is no body. */
export function writeAnswer(exchange: Exchange, answered: Reply): Written {
	const {request, context, levels} = exchange;
	// nginx's own way to hang up.
	if (answered.status === 444) return {bytes: '', end: 'closed', delayMs: exchange.elapsedMs, status: 444, bodyBytes: 0};
	const given = substitute(exchange, answered);
	const own = given.body === undefined;
	const page =
		given.body ?? specialPage(given.status, softwareOf(exchange), {agent: request.headers['user-agent'], note: given.cause?.note});
	const bodiless = given.status === 204 || given.status === 304;
	const close = closes(exchange, own && closing.has(given.status));
	const chunked = given.unsized && !bodiless && request.version === '1.1';
	const [completed, rest] = splitLocation(exchange, given);
	const type = own && !bodiless ? 'text/html' : given.type;
	const lines: Header[] = [
		...(rest.some(([name]) => name.toLowerCase() === 'server') ? [] : [['Server', softwareOf(exchange)] as const]),
		['Date', httpDate(context.machine.sim.clock.now() + exchange.elapsedMs)],
		...(type ? [['Content-Type', type] as const] : []),
		...(bodiless || given.unsized ? [] : [['Content-Length', lengthOf(given, page)] as const]),
		...(given.modified === undefined ? [] : [['Last-Modified', given.modified] as const]),
		...completed,
		...(chunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
		['Connection', close || (given.unsized && !chunked) ? 'close' : 'keep-alive'],
		...(addable.has(given.status) ? expiresHeaders(exchange) : []),
		...rest,
		...(given.fromUpstream || own ? exchange.cookies : []),
	];
	const body = bodiless || request.method === 'HEAD' ? '' : page;
	const sent = chunked && request.method !== 'HEAD' ? `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n` : body;
	const head = inOrder([...moreHeaders(exchange, lines), ...addedHeaders(exchange, given.status)]).map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return {
		bytes: `HTTP/1.1 ${statusLine(given.status, given.reason)}\r\n${head.join('')}\r\n${sent}`,
		end: close || (given.unsized && !chunked) ? 'closed' : 'open',
		delayMs: exchange.elapsedMs,
		status: given.status,
		bodyBytes: sent.length,
	};

	function softwareOf({nginx}: Exchange): string {
		return word('server_tokens', levels) === 'off' ? 'nginx' : nginx.software;
	}
}

function closes({request, levels}: Exchange, broken: boolean): boolean {
	const wanted = request.headers['connection']?.toLowerCase();
	return (
		broken || wanted === 'close' || (request.version === '1.0' && wanted !== 'keep-alive') || word('keepalive_timeout', levels) === '0'
	);
}

/** A proxied answer to HEAD tells the length of what GET would bring. */
const lengthOf = ({headers, fromUpstream}: Reply, page: string): string =>
	(fromUpstream && headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]) || String(page.length);

/** A Location of nginx's own without a host is completed and comes earlier; with `absolute_redirect off` it stays as it is. */
function splitLocation(exchange: Exchange, {headers, fromUpstream}: Reply): [Header[], Header[]] {
	const {levels, secure, local, request, server} = exchange;
	const rest = headers.filter(([name]) => !/^content-(length|type)$/i.test(name));
	const target = rest.find(([name, value]) => name === 'Location' && value.startsWith('/'));
	if (!target || fromUpstream || !isOn('absolute_redirect', levels, true)) return [[], rest];
	const host = hostName(request.headers['host'] ?? '');
	const name = isOn('server_name_in_redirect', levels) || host === '' ? (server.names[0] ?? 'localhost') : host;
	const port = local.port === (secure ? 443 : 80) || !isOn('port_in_redirect', levels, true) ? '' : `:${local.port}`;
	return [[['Location', `${secure ? 'https' : 'http'}://${name}${port}${target[1]}`]], rest.filter(each => each !== target)];
}

/** ngx_http_headers_module leaves errors alone. */
const addable = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** `add_header` of the innermost level that has any: on good answers and redirects, on all with `always`. */
const addedHeaders = (exchange: Exchange, status: number): Header[] =>
	settings('add_header', exchange.levels)
		.filter(({args}) => addable.has(status) || args[2] === 'always')
		.map(({args}): Header => [args[0]!, expand(exchange, args[1] ?? '')])
		.filter(([, value]) => value !== '');

/** What a later filter of nginx writes than the one of add_header. */
const late = new Set(['Accept-Ranges', 'Content-Range']);

const inOrder = (lines: readonly Header[]): readonly Header[] =>
	lines.some(([name]) => late.has(name))
		? [...lines.filter(([name]) => !late.has(name)), ...lines.filter(([name]) => late.has(name))]
		: lines;
