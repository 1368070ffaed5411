import {resolveName} from '../../../node/host/resolve.js';
import {askUpstream, type UpstreamAnswer, type UpstreamFailure} from '../../nginx/upstream/upstream-exchange.js';
import {escapeUri} from '../../nginx/request/uri.js';
import type {Backend, Location} from '../configuration.js';
import {nextUpstreamOf, type Options} from '../options.js';
import type {ProxySettings} from '../location-settings.js';
import {pickPeer, usesEwma} from './balancer.js';
import {touch} from './balancers/ewma.js';
import {logError} from './error-log.js';
import {type Exchange, type Header, locationOf, type Reply, reply} from './exchange.js';
import {upstreamHeaders} from './proxy-headers.js';
import {passedFields, requestBytes} from '../../nginx/upstream/upstream-request.js';

/** What a location asks of its upstream; the internal ones of error pages differ. */
export interface Pass {
	readonly backend: Backend;
	readonly settings: ProxySettings;
	readonly protocol: Location['backendProtocol'];
	readonly version: string;
	readonly target: string;
	readonly set: readonly Header[];
}

/** The content phase of an ordinary location. */
export function proxy(exchange: Exchange): Reply {
	const location = locationOf(exchange)!;
	const own = location.backend === 'upstream-default-backend';
	return pass(exchange, {
		backend: exchange.backend!,
		settings: location.proxy,
		protocol: own ? 'HTTP' : location.backendProtocol,
		version: location.proxy.httpVersion,
		target: targetOf(exchange),
		set: upstreamHeaders(exchange, location),
	});
}

/** The request line's URI goes on as it came, unless a rewrite has changed it. */
export const targetOf = ({rewritten, uri, args, request}: Exchange): string =>
	rewritten ? escapeUri(uri) + (args === '' ? '' : `?${args}`) : request.target.replace(/^[a-z]+:\/\/[^/]+/i, '') || '/';

const lacking = new Set(['GRPC', 'GRPCS', 'FCGI']);

/** Tries one endpoint after the other, as proxy_next_upstream and its kin say. */
export function pass(exchange: Exchange, {backend, settings, protocol, version, target, set}: Pass): Reply {
	const {context, request} = exchange;
	if (lacking.has(protocol)) context.machine.sim.notes.notSimulated(`ingress-nginx: backend-protocol: ${protocol}`);
	const tls = protocol === 'HTTPS' || protocol === 'GRPCS' || (protocol === 'AUTO_HTTP' && exchange.secure);
	const bytes = requestBytes({method: request.method, target, version, set, passed: passedFields(request.fields), body: request.body});
	const startMs = exchange.elapsedMs;
	for (let tried = 1; ; tried++) {
		const node = pickPeer(exchange, backend);
		if (node === undefined) {
			logError(exchange, 'error', 'no live upstreams while connecting to upstream', `http://upstream_balancer${target}`);
			return reply(502);
		}

		const answer = ask(exchange, node, {settings, bytes, tls});
		exchange.elapsedMs += answer.delayMs;
		note(exchange, node, answer);
		if (usesEwma(exchange, backend)) touch(context, node, answer.delayMs);
		if ('kind' in answer) logError(exchange, 'error', answer.words, `${tls ? 'https' : 'http'}://${node}${target}`);
		const late = settings.nextUpstreamTimeout > 0 && exchange.elapsedMs - startMs >= settings.nextUpstreamTimeout * 1000;
		const spent = late || (settings.nextUpstreamTries > 0 && tried >= settings.nextUpstreamTries);
		if (!spent && goesOn(exchange, nextUpstreamOf(exchange.options, settings), answer)) continue;
		return 'kind' in answer ? reply(answer.kind === 'timeout' ? 504 : 502) : passOn(exchange.options, settings, answer);
	}
}

function ask(
	exchange: Exchange,
	node: string,
	{settings, bytes, tls}: {settings: ProxySettings; bytes: string; tls: boolean},
): UpstreamAnswer | UpstreamFailure {
	const {machine} = exchange.context;
	const colon = node.lastIndexOf(':');
	const name = node.slice(0, colon);
	const address = /^[\d.]+$/.test(name) ? name : resolveName(machine, `${name}.`);
	if (!address) return {kind: 'error', words: `${name} could not be resolved while connecting to upstream`, sent: false, delayMs: 0};
	return askUpstream(machine, {
		address,
		port: Number(node.slice(colon + 1)),
		bytes,
		connectTimeoutMs: settings.connectTimeout * 1000,
		readTimeoutMs: settings.readTimeout * 1000,
		...(tls && {tlsName: 'upstream_balancer'}),
		head: exchange.request.method === 'HEAD',
	});
}

function note(exchange: Exchange, node: string, answer: UpstreamAnswer | UpstreamFailure): void {
	const failed = 'kind' in answer;
	exchange.tries.push({
		address: node,
		status: String(failed ? (answer.kind === 'timeout' ? 504 : 502) : answer.status),
		length: failed ? '0' : String(answer.body.length),
		ms: answer.delayMs,
		afterRedirect: exchange.redirected && !exchange.tries.some(({afterRedirect}) => afterRedirect),
	});
}

const idempotent = (method: string): boolean => !['POST', 'LOCK', 'PATCH'].includes(method);

function goesOn({request}: Exchange, conditions: string, answer: UpstreamAnswer | UpstreamFailure): boolean {
	const words = conditions.split(/\s+/);
	const condition = 'kind' in answer ? answer.kind : `http_${answer.status}`;
	if (!words.includes(condition)) return false;
	const sent = !('kind' in answer) || answer.sent;
	return !sent || idempotent(request.method) || words.includes('non_idempotent');
}

/** Headers between two neighbours, and those that nginx writes itself. */
const hidden = new Set(['date', 'server', 'connection', 'keep-alive', 'transfer-encoding', 'x-pad']);

function passOn(options: Options, settings: ProxySettings, {status, reason, headers, body, sized}: UpstreamAnswer): Reply {
	const hides = new Set(options.hideHeaders.map(name => name.toLowerCase()));
	const isHidden = (name: string) =>
		hides.has(name) || name.startsWith('x-accel-') || (hidden.has(name) && !(name === 'server' && options.allowBackendServerHeader));
	const kept = headers.filter(([name]) => !isHidden(name.toLowerCase())).map((header): Header => changed(settings, header));
	const type = kept.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	return {status, reason, headers: kept, body, ...(type !== undefined && {type}), ...(!sized && {unsized: true}), fromUpstream: true};
}

/** proxy_redirect, proxy_cookie_domain and proxy_cookie_path. */
function changed(settings: ProxySettings, [name, value]: Header): Header {
	const lower = name.toLowerCase();
	const {redirectFrom, redirectTo, cookieDomain, cookiePath} = settings;
	if (lower === 'location' && redirectTo !== 'off' && value.startsWith(redirectFrom))
		return [name, redirectTo + value.slice(redirectFrom.length)];
	if (lower !== 'set-cookie') return [name, value];
	const [oldDomain, newDomain] = cookieDomain.split(/\s+/);
	const [oldPath, newPath] = cookiePath.split(/\s+/);
	return [
		name,
		value
			.replace(/(; *domain=)([^;]*)/i, (all, word: string, domain: string) =>
				newDomain !== undefined && domain === oldDomain ? word + newDomain : all,
			)
			.replace(/(; *path=)([^;]*)/i, (all, word: string, path: string) =>
				newPath !== undefined && path.startsWith(oldPath!) ? word + newPath + path.slice(oldPath!.length) : all,
			),
	];
}
