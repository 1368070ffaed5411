import type {HttpAnswer} from '../../http/answer.js';
import {resolveName} from '../../../node/host/resolve.js';
import {fromWire} from '../../http/bytes.js';
import {absolute, connectionOf, head} from '../answer/answers.js';
import {logError} from '../log/error-log.js';
import {type Exchange, levelsOf} from '../request/exchange.js';
import {peersOf} from './peers.js';
import {type Location, type Server, setting, settings} from '../config/server-table.js';
import {askUpstream, type UpstreamAnswer, type UpstreamFailure} from './upstream-exchange.js';
import {passedFields, requestBytes} from './upstream-request.js';
import {escapeUri} from '../request/uri.js';
import {expand} from '../variables/variables.js';

/** `proxy_pass` of a location: where it leads, and the URI that goes there. */
interface Way {
	readonly scheme: string;
	/** An upstream's name, or a host. */
	readonly host: string;
	readonly port: string;
	/** The request line's URI. */
	readonly uri: string;
	/** What proxy_redirect takes away from a Location; empty when the URI went on as it was. */
	readonly base: string;
}

function wayOf(exchange: Exchange, location: Location, target: string): Way | undefined {
	const {request, uri, args, rewritten} = exchange;
	const match = /^(https?):\/\/([^/:]+)(?::(\d+))?([/?].*)?$/.exec(expand(exchange, target));
	if (!match) return undefined;
	const [, scheme = 'http', host = '', port = scheme === 'https' ? '443' : '80', base] = match;
	const query = args ? `?${args}` : '';
	const own = rewritten ? escapeUri(uri) + query : request.target;
	// With variables in it, its URI is the whole of what is asked for.
	if (base !== undefined && target.includes('$')) return {scheme, host, port, uri: base, base: ''};
	if (base === undefined) return {scheme, host, port, uri: own, base: ''};
	return {scheme, host, port, uri: rewritten ? own : escapeUri(base + uri.slice(location.path.length)) + query, base: target};
}

/** Asks the upstream and passes its answer on; the status of nginx's own page when it cannot be had. */
export function forward(
	exchange: Exchange,
	location: Location,
	target: string,
	answerOn: (exchange: Exchange, server: Server) => HttpAnswer,
): HttpAnswer | {readonly status: number} {
	const way = wayOf(exchange, location, target);
	if (!way) {
		logError(exchange, `invalid URL prefix in "${expand(exchange, target)}"`);
		return {status: 500};
	}

	const {scheme, host, port, uri} = way;
	const upstream = exchange.table.upstreams.get(host);
	const peers = upstream ? peersOf(exchange, upstream) : [`${host}:${port}`];
	const bytes = messageFor(exchange, location, upstream || port === '80' ? host : `${host}:${port}`, uri);
	let status: 502 | 504 = 502;
	let waitedMs = 0;
	for (const peer of peers) {
		const socket = peer.startsWith('unix:') ? exchange.table.sockets.get(peer) : undefined;
		if (socket) return answerOn(exchange, socket);
		const [name = '', memberPort = scheme === 'https' ? '443' : '80'] = peer.split(':');
		const answer = ask(exchange, location, {name, port: Number(memberPort), bytes, tls: scheme === 'https'});
		waitedMs += answer.delayMs;
		if (!('kind' in answer)) return passOn(exchange, {...answer, delayMs: waitedMs}, way.base, location);
		logError(exchange, answer.words, `${scheme}://${name}:${memberPort}${uri}`);
		status = answer.kind === 'timeout' ? 504 : 502;
	}

	return {status};
}

/** `60s`, `1m`, `500ms` */
export function milliseconds(text: string): number {
	const match = /^(\d+)(ms|s|m|h)?$/.exec(text);
	const unit = {ms: 1, s: 1000, m: 60_000, h: 3_600_000}[match?.[2] ?? 's'];
	return match ? Number(match[1]) * unit! : 60_000;
}

function ask(
	{context, server, table, request}: Exchange,
	location: Location,
	{name, port, bytes, tls}: {name: string; port: number; bytes: string; tls: boolean},
): UpstreamAnswer | UpstreamFailure {
	const address = resolveName(context.machine, name);
	if (!address) return {kind: 'error', words: `${name} could not be resolved (3: Host not found)`, sent: false, delayMs: 0};
	const timeout = (directive: string) =>
		milliseconds(setting(directive, location.directives, server.directives, table.http)?.args[0] ?? '60s');
	return askUpstream(context.machine, {
		address,
		port,
		bytes,
		connectTimeoutMs: timeout('proxy_connect_timeout'),
		readTimeoutMs: timeout('proxy_read_timeout'),
		...(tls && {tlsName: name}),
		head: request.method === 'HEAD',
	});
}

function messageFor(exchange: Exchange, location: Location, hostHeader: string, target: string): string {
	const {request} = exchange;
	const levels = levelsOf(exchange, location);
	const set = settings('proxy_set_header', ...levels).map(({args}) => [args[0]!, expand(exchange, args[1] ?? '')] as const);
	return requestBytes({
		method: request.method,
		target,
		version: setting('proxy_http_version', ...levels)?.args[0] ?? '1.0',
		set: [...(set.some(([name]) => name.toLowerCase() === 'host') ? [] : [['Host', hostHeader] as const]), ...set],
		passed: passedFields(request.fields),
		body: request.body,
	});
}

const hidden = new Set(['server', 'date', 'connection', 'keep-alive', 'transfer-encoding']);

function passOn(
	exchange: Exchange,
	{status, reason, headers, body, delayMs}: UpstreamAnswer,
	target: string,
	location: Location,
): HttpAnswer {
	const hides = settings('proxy_hide_header', ...levelsOf(exchange, location)).map(({args}) => args[0]!.toLowerCase());
	const kept = headers
		.filter(([name]) => !hidden.has(name.toLowerCase()) && !hides.includes(name.toLowerCase()))
		.map(([name, value]) => [name, name.toLowerCase() === 'location' ? redirected(exchange, value, target, location) : value] as const);
	const isOfBody = ([name]: readonly [string, string]) => /^content-(type|length)$/i.test(name);
	return {
		status,
		statusText: reason,
		headers: [
			...head(exchange),
			...kept.filter(isOfBody),
			['Connection', connectionOf(exchange)],
			...kept.filter(header => !isOfBody(header)),
		],
		body: fromWire(body),
		delayMs,
	};
}

/** proxy_redirect: by default the address of proxy_pass in a Location becomes that of nginx's own location. */
function redirected(exchange: Exchange, value: string, target: string, {path, directives}: Location): string {
	const [from = 'default', to] = setting('proxy_redirect', directives, exchange.server.directives, exchange.table.http)?.args ?? [];
	if (from === 'off') return value;
	const [old, now] = from === 'default' ? [target, path] : [from, expand(exchange, to ?? '')];
	if (old === '' || !value.startsWith(old)) return value;
	const changed = now + value.slice(old.length);
	return changed.startsWith('/') ? absolute(exchange, changed) : changed;
}
