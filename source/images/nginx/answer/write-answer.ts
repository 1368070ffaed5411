import type {ServiceAnswer} from '../../../net/socket.js';
import {httpDate} from '../../http/answer.js';
import {hostName} from '../connection/request-head.js';
import {isOn, milliseconds, setting, settings, word} from '../config/levels.js';
import type {Exchange, Header, Reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {expiresHeaders} from './expires.js';
import {gzipOf, packed, packedHeaders} from './gzip.js';
import {moreHeaders, put} from './more-headers.js';
import {specialPage, statusLine} from './pages.js';
import {substitute} from './sub-filter.js';

/** After these the connection is of no use any more (ngx_http_special_response_handler). */
const closing = new Set([400, 413, 414, 500, 501]);

/** nginx's own way to hang up, and what it takes for a client that is gone. */
const silent = new Set([408, 444, 499]);

export interface Written extends ServiceAnswer {
	readonly status: number;
	/** `$body_bytes_sent` */
	readonly bodyBytes: number;
}

/** The bytes of a reply: header filters in their order, nginx's own page where there is no body. */
export function writeAnswer(exchange: Exchange, answered: Reply): Written {
	const {request, context} = exchange;
	if (answered.body === undefined && silent.has(answered.status))
		return {bytes: '', end: 'closed', delayMs: exchange.elapsedMs, status: answered.status, bodyBytes: 0};
	const own = answered.body === undefined;
	const {given, page, type: kind, vary} = pageOf(exchange, answered);
	const bodiless = given.status === 204 || given.status === 304;
	const old = request.version === '0.9';
	const close = closes(exchange, own && closing.has(given.status));
	const head = request.method === 'HEAD';
	const chunked = given.unsized && !bodiless && !head && request.version === '1.1';
	const endless = given.unsized && !bodiless && !head && !chunked;
	const blank = bodiless && (given.status === 204 || given.type === undefined);
	const [completed, rest] = splitLocation(exchange, given);
	const type = blank ? undefined : withCharset(exchange, kind, given.status);
	const lines: Header[] = [
		...(rest.some(([name]) => name.toLowerCase() === 'server') ? [] : [['Server', softwareOf(exchange)] as const]),
		['Date', httpDate(context.machine.sim.clock.now() + exchange.elapsedMs)],
		...(type ? [['Content-Type', type] as const] : []),
		...(blank || given.unsized ? [] : [['Content-Length', lengthOf(given, page)] as const]),
		...(given.modified === undefined || !datable.has(given.status) ? [] : [['Last-Modified', given.modified] as const]),
		...completed,
		...(chunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
		['Connection', close || endless ? 'close' : 'keep-alive'],
		...(close || endless ? [] : keepAlive(exchange)),
		...(vary ? [['Vary', 'Accept-Encoding'] as const] : []),
		...rest,
		...(given.fromUpstream || own ? exchange.cookies : []),
	];
	const body = bodiless || head ? '' : page;
	const sent = chunked ? `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n` : body;
	const expiring = addable.has(given.status) ? expiresHeaders(exchange).reduce(put, lines) : lines;
	const fields = inOrder([...moreHeaders(exchange, expiring), ...addedHeaders(exchange, given.status)], given).map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return {
		bytes: old ? sent : `HTTP/1.1 ${statusLine(given.status, given.reason)}\r\n${fields.join('')}\r\n${sent}`,
		end: close || endless ? 'closed' : 'open',
		delayMs: exchange.elapsedMs,
		status: given.status,
		bodyBytes: sent.length,
	};
}

const softwareOf = ({nginx, levels}: Exchange): string => (word('server_tokens', levels) === 'off' ? 'nginx' : nginx.software);

interface Page {
	readonly given: Reply;
	readonly page: string;
	readonly type: string | undefined;
	/** Another client would get it packed, or this one does. */
	readonly vary: boolean;
}

/** What is sent, after sub_filter and gzip. */
function pageOf(exchange: Exchange, answered: Reply): Page {
	const {request, levels} = exchange;
	const given = substitute(exchange, answered);
	const {status, headers, cause, body, unsized} = given;
	const page = body ?? specialPage(status, softwareOf(exchange), {agent: request.headers['user-agent'], note: cause?.note});
	const type = body === undefined ? page && 'text/html' : given.type;
	const gzip = gzipOf(exchange, {status, type, length: unsized ? undefined : page.length, headers});
	const vary = gzip !== 'none' && isOn('gzip_vary', levels);
	if (gzip !== 'packs') return {given, page, type, vary};
	return {given: {...given, headers: packedHeaders(headers), unsized: true}, page: packed(exchange, page), type, vary};
}

function closes({request, levels, before}: Exchange, broken: boolean): boolean {
	const wanted = request.headers['connection']?.toLowerCase();
	return (
		broken ||
		wanted?.includes('close') ||
		(request.version !== '1.1' && !wanted?.includes('keep-alive')) ||
		request.version === '0.9' ||
		word('keepalive_timeout', levels) === '0' ||
		before + 1 >= Number(word('keepalive_requests', levels) ?? 1000)
	);
}

/** `keepalive_timeout 65 60;`: the second one is told. */
function keepAlive({levels}: Exchange): readonly Header[] {
	const told = setting('keepalive_timeout', levels)?.args[1];
	return told === undefined ? [] : [['Keep-Alive', `timeout=${Math.trunc(milliseconds(told) / 1000)}`]];
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
const late = new Set(['Accept-Ranges', 'Content-Range', 'Content-Encoding']);

function inOrder(lines: readonly Header[], {status, fromUpstream}: Reply): readonly Header[] {
	if (fromUpstream || !lines.some(([name]) => late.has(name))) return lines;
	const others = lines.filter(([name]) => !late.has(name));
	return [...others, ...lines.filter(([name]) => late.has(name) && (name !== 'Accept-Ranges' || status === 200))];
}
