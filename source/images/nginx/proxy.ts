import type {HttpAnswer} from '../http/answer.js';
import {resolveName} from '../../node/resolve.js';
import {fromWire} from '../http/bytes.js';
import type {Exchange} from './request.js';
import {absolute, connectionOf, head, logError, variables} from './request.js';
import {type Location, setting, settings} from './server-table.js';
import {askUpstream, type UpstreamAnswer, type UpstreamFailure} from './upstream-exchange.js';
import {passedFields, requestBytes} from './upstream-request.js';
import {escapeUri} from './uri.js';

/** Asks the upstream and passes its answer on; the status of nginx's own page when it cannot be had. */
export function forward(exchange: Exchange, location: Location, target: string, path: string): HttpAnswer | 502 | 504 {
	const match = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(variables(exchange, target));
	if (!match) return 502;
	const [, scheme = 'http', host = '', port = scheme === 'https' ? '443' : '80', base] = match;
	const {request, context} = exchange;
	const uri =
		base === undefined
			? request.target
			: `${escapeUri(base + path.slice(location.path.length))}${request.query ? `?${request.query}` : ''}`;
	const upstream = exchange.table.http.find(each => each.name === 'upstream' && each.args[0] === host);
	const members = upstream?.block?.filter(each => each.name === 'server').map(each => each.args[0]!) ?? [`${host}:${port}`];
	const memory = context.memory as {turn?: number} | undefined;
	const turn = (memory?.turn ?? -1) + 1;
	context.memory = {...memory, turn};
	const bytes = messageFor(exchange, location, upstream ? host : `${host}${port === '80' ? '' : `:${port}`}`, uri);
	let status: 502 | 504 = 502;
	let waitedMs = 0;
	for (let tried = 0; tried < members.length; tried++) {
		const [name = '', memberPort = '80'] = members[(turn + tried) % members.length]!.split(':');
		const answer = ask(exchange, location, {name, port: Number(memberPort), bytes, tls: scheme === 'https'});
		waitedMs += answer.delayMs;
		if (!('kind' in answer)) return passOn(exchange, {...answer, delayMs: waitedMs}, base === undefined ? '' : target, location);
		logError(exchange, answer.words, `${scheme}://${name}:${memberPort}${uri}`);
		status = answer.kind === 'timeout' ? 504 : 502;
	}

	return status;
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
	const {request, server, table} = exchange;
	const levels = [location.directives, server.directives, table.http] as const;
	const set = settings('proxy_set_header', ...levels).map(({args}) => [args[0]!, variables(exchange, args[1] ?? '')] as const);
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
	const kept = headers
		.filter(([name]) => !hidden.has(name.toLowerCase()))
		.map(([name, value]) => [name, name.toLowerCase() === 'location' ? redirected(exchange, value, target, location) : value] as const);
	return {
		status,
		statusText: reason,
		headers: [...head(exchange), ...kept, ['Connection', connectionOf(exchange)]],
		body: fromWire(body),
		delayMs,
	};
}

/** proxy_redirect: by default the address of proxy_pass in a Location becomes that of nginx's own location. */
function redirected(exchange: Exchange, value: string, target: string, {path, directives}: Location): string {
	const [from = 'default', to] = setting('proxy_redirect', directives, exchange.server.directives, exchange.table.http)?.args ?? [];
	if (from === 'off') return value;
	const [old, now] = from === 'default' ? [target, path] : [from, variables(exchange, to ?? '')];
	if (old === '' || !value.startsWith(old)) return value;
	const changed = now + value.slice(old.length);
	return changed.startsWith('/') ? absolute(exchange, changed) : changed;
}
