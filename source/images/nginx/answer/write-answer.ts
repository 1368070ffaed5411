import type {ServiceAnswer} from '../../../net/socket.js';
import {httpDate} from '../../http/answer.js';
import {hostName} from '../connection/request-head.js';
import {isOn, setting, settings, word} from '../config/levels.js';
import type {Exchange, Header, Reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {expiresHeaders} from './expires.js';
import {moreHeaders, put} from './more-headers.js';
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
	const old = request.version === '0.9';
	const close = closes(exchange, own && closing.has(given.status));
	const chunked = given.unsized && !bodiless && request.version === '1.1';
	const [completed, rest] = splitLocation(exchange, given);
	const type = bodiless ? undefined : withCharset(exchange, own ? page && 'text/html' : given.type, given.status);
	const lines: Header[] = [
		...(rest.some(([name]) => name.toLowerCase() === 'server') ? [] : [['Server', softwareOf(exchange)] as const]),
		['Date', httpDate(context.machine.sim.clock.now() + exchange.elapsedMs)],
		...(type ? [['Content-Type', type] as const] : []),
		...(bodiless || given.unsized ? [] : [['Content-Length', lengthOf(given, page)] as const]),
		...(given.modified === undefined || !datable.has(given.status) ? [] : [['Last-Modified', given.modified] as const]),
		...completed,
		...(chunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
		['Connection', close || (given.unsized && !chunked) ? 'close' : 'keep-alive'],
		...rest,
		...(given.fromUpstream || own ? exchange.cookies : []),
	];
	const body = bodiless || request.method === 'HEAD' ? '' : page;
	const sent = chunked && request.method !== 'HEAD' ? `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n` : body;
	const expiring = addable.has(given.status) ? expiresHeaders(exchange).reduce(put, lines) : lines;
	const head = inOrder([...moreHeaders(exchange, expiring), ...addedHeaders(exchange, given.status)], given).map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return {
		bytes: old ? sent : `HTTP/1.1 ${statusLine(given.status, given.reason)}\r\n${head.join('')}\r\n${sent}`,
		end: close || (given.unsized && !chunked) ? 'closed' : 'open',
		delayMs: exchange.elapsedMs,
		status: given.status,
		bodyBytes: sent.length,
	};

	function softwareOf({nginx}: Exchange): string {
		return word('server_tokens', levels) === 'off' ? 'nginx' : nginx.software;
	}
}

function closes({request, levels, before}: Exchange, broken: boolean): boolean {
	const wanted = request.headers['connection']?.toLowerCase();
	return (
		broken ||
		wanted === 'close' ||
		(request.version !== '1.1' && wanted !== 'keep-alive') ||
		request.version === '0.9' ||
		word('keepalive_timeout', levels) === '0' ||
		before + 1 >= Number(word('keepalive_requests', levels) ?? 1000)
	);
}

/** A proxied answer to HEAD tells the length of what GET would bring. */
const lengthOf = ({headers, fromUpstream}: Reply, page: string): string =>
	(fromUpstream && headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]) || String(page.length);

/** A Location of nginx's own without a host is completed and comes earlier; with `absolute_redirect off` it stays as it is. */
function splitLocation(exchange: Exchange, {headers, fromUpstream, relocated}: Reply): [Header[], Header[]] {
	const {levels, secure, local, request, server} = exchange;
	const own = !fromUpstream || relocated;
	const rest = headers.filter(([name]) => !/^content-(length|type)$/i.test(name));
	const target = rest.find(([name, value]) => name === 'Location' && value.startsWith('/'));
	if (!target || !own || !isOn('absolute_redirect', levels, true)) return [[], rest];
	const host = hostName(request.headers['host'] ?? '');
	const name = isOn('server_name_in_redirect', levels) || host === '' ? (server.names[0] ?? 'localhost') : host;
	const port = local.port === (secure ? 443 : 80) || !isOn('port_in_redirect', levels, true) ? '' : `:${local.port}`;
	return [[['Location', `${secure ? 'https' : 'http'}://${name}${port}${target[1]}`]], rest.filter(each => each !== target)];
}

/** Of a file, only with these. */
const datable = new Set([200, 206, 304]);

const charsetTypes = ['text/html', 'text/xml', 'text/plain', 'text/vnd.wap.wml', 'application/javascript', 'application/rss+xml'];

/** `charset utf-8`: said of texts that say none, and not with the old redirects (ngx_http_charset_filter_module.c). */
function withCharset({levels}: Exchange, type: string | undefined, status: number): string | undefined {
	const charset = word('charset', levels);
	if (!type || charset === undefined || charset === 'off' || status === 301 || status === 302 || type.includes('charset=')) return type;
	const types = setting('charset_types', levels)?.args ?? charsetTypes;
	return type.startsWith('text/html') || types.includes('*') || types.includes(type.split(';')[0]!) ? `${type}; charset=${charset}` : type;
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

function inOrder(lines: readonly Header[], {status, fromUpstream}: Reply): readonly Header[] {
	if (fromUpstream || !lines.some(([name]) => late.has(name))) return lines;
	const others = lines.filter(([name]) => !late.has(name));
	return [...others, ...lines.filter(([name]) => name === 'Content-Range' || (name === 'Accept-Ranges' && status === 200))];
}
