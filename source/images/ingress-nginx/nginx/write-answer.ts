import type {ServiceAnswer} from '../../../net/socket.js';
import {httpDate} from '../../http/answer.js';
import {specialPage, statusLine} from '../../nginx/answer/pages.js';
import type {Options} from '../options.js';
import {type Exchange, type Header, locationOf, type Reply} from './exchange.js';

/** After these the connection is of no use any more (ngx_http_special_response_handler). */
const closing = new Set([400, 413, 414, 500, 501]);

export interface Written extends ServiceAnswer {
	readonly status: number;
	/** `$body_bytes_sent` */
	readonly bodyBytes: number;
}

/** The bytes of a reply: header filters in their order, nginx's own page where there is no body. */
export function writeAnswer(exchange: Exchange, given: Reply): Written {
	const {request, context, options} = exchange;
	const own = given.body === undefined;
	const page = own ? pageOf(exchange, given) : given.body!;
	const bodiless = given.status === 204 || given.status === 304;
	const type = own ? 'text/html' : given.type;
	const close =
		request.headers['connection']?.toLowerCase() === 'close' ||
		(request.version === '1.0' && request.headers['connection']?.toLowerCase() !== 'keep-alive') ||
		(own && closing.has(given.status));
	const chunked = given.unsized && !bodiless && request.version === '1.1';
	const [relative, rest] = splitLocation(exchange, given);
	const lines: Header[] = [
		...serverLine(options, given),
		['Date', httpDate(context.machine.sim.clock.now() + exchange.elapsedMs)],
		...(type && !(bodiless && own) ? [['Content-Type', type] as const] : []),
		...(bodiless || given.unsized ? [] : [['Content-Length', lengthOf(given, page)] as const]),
		...relative,
		...(chunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
		['Connection', close || (given.unsized && !chunked) ? 'close' : 'keep-alive'],
		...rest,
		...(given.fromUpstream || own ? exchange.cookies : []),
	];
	const body = bodiless || request.method === 'HEAD' ? '' : page;
	const sent = chunked && request.method !== 'HEAD' ? `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n` : body;
	const head = [...setHeaders(lines, laterHeaders(exchange)), ...plainHeaders(exchange, given.status)].map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return {
		bytes: `HTTP/1.1 ${statusLine(given.status, given.reason)}\r\n${head.join('')}\r\n${sent}`,
		end: close || (given.unsized && !chunked) ? 'closed' : 'open',
		delayMs: exchange.elapsedMs,
		status: given.status,
		bodyBytes: sent.length,
	};
}

/** server_tokens off goes with `more_clear_headers Server`, unless the ConfigMap lets backends name themselves. */
function serverLine({showServerTokens, allowBackendServerHeader}: Options, {headers}: Reply): Header[] {
	if (headers.some(([name]) => name.toLowerCase() === 'server')) return [];
	return showServerTokens ? [['Server', 'nginx/1.25.5']] : allowBackendServerHeader ? [['Server', 'nginx']] : [];
}

const pageOf = ({request, options}: Exchange, {status, note}: Reply): string =>
	specialPage(status, options.showServerTokens ? 'nginx/1.25.5' : 'nginx', {agent: request.headers['user-agent'], note});

/** A proxied answer to HEAD tells the length of what GET would bring. */
const lengthOf = ({headers, fromUpstream}: Reply, page: string): string =>
	(fromUpstream && headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]) || String(page.length);

/** A Location of nginx's own without a host is completed and comes earlier; with relative redirects it stays as it is. */
function splitLocation(exchange: Exchange, {headers, fromUpstream}: Reply): [Header[], Header[]] {
	const {secure, hostName} = exchange;
	const rest = headers.filter(([name]) => name.toLowerCase() !== 'content-length' && name.toLowerCase() !== 'content-type');
	const target = rest.find(([name, value]) => name === 'Location' && value.startsWith('/'));
	const stays = fromUpstream || (locationOf(exchange)?.redirect.relative ?? exchange.options.relativeRedirects);
	if (!target || stays) return [[], rest];
	return [[['Location', `${secure ? 'https' : 'http'}://${hostName}${target[1]}`]], rest.filter(each => each !== target)];
}

/** lua's header_filter, then headers-more, which replace what has the same name; add_header comes as it is. */
function laterHeaders(exchange: Exchange): Header[] {
	const {options, secure, added} = exchange;
	if (!exchange.route || exchange.redirected) return [];
	const hsts = [
		`max-age=${options.hstsMaxAge}`,
		options.hstsIncludeSubdomains && 'includeSubDomains',
		options.hstsPreload && 'preload',
	].filter(Boolean);
	return [
		...(options.hsts && secure && exchange.route.location ? [['Strict-Transport-Security', hsts.join('; ')] as const] : []),
		...added,
		...Object.entries(exchange.routes.configuration.addHeaders),
		...Object.entries(locationOf(exchange)?.customHeaders ?? {}),
	];
}

/** ngx_http_headers_module leaves errors alone. */
const addable = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

const plainHeaders = ({addHeaders, redirected}: Exchange, status: number): Header[] =>
	redirected ? [] : addHeaders.filter(({always}) => always || addable.has(status)).map(({header}) => header);

function setHeaders(lines: readonly Header[], later: readonly Header[]): Header[] {
	const result = [...lines];
	for (const [name, value] of later) {
		const at = result.findIndex(([each]) => each.toLowerCase() === name.toLowerCase());
		if (at < 0) result.push([name, value]);
		else result[at] = [result[at]![0], value];
	}

	return result;
}
