import {resolveName} from '../../../node/host/resolve.js';
import {isOn, milliseconds, setting, settings, word} from '../config/levels.js';
import {logError} from '../log/error-log.js';
import {type Exchange, reply, type Reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {noteHealth} from './health.js';
import {passOn} from './pass-on.js';
import {peersOf} from './peers.js';
import {askUpstream, readAnswer, type UpstreamAnswer, type UpstreamFailure} from './upstream-exchange.js';
import {passedFields, requestBytes} from './upstream-request.js';
import {type Way, wayOf} from './way.js';

/** The content phase of a location with `proxy_pass`: tries one peer after the other, as proxy_next_upstream and its kin say. */
export function pass(exchange: Exchange, target: string): Reply {
	const way = wayOf(exchange, target);
	if (!way) {
		logError(exchange, `invalid URL prefix in "${expand(exchange, target)}"`);
		return reply(500);
	}

	exchange.vars.set('proxy_host', way.authority);
	exchange.vars.set('proxy_port', way.port);
	const {levels} = exchange;
	const {total, next} = peersFor(exchange, way);
	const bytes = messageFor(exchange, way);
	const triesMax = Math.min(total, Number(word('proxy_next_upstream_tries', levels) ?? 0) || triesEver);
	const timeoutMs = untilMs(exchange);
	const startMs = exchange.elapsedMs;
	let last: Reply | undefined;
	for (let tried = 1; ; tried++) {
		const asked = next();
		if (asked === undefined) {
			if (last && total === Number.POSITIVE_INFINITY) return last;
			logError(exchange, 'no live upstreams while connecting to upstream', {upstream: `${way.scheme}://${way.host}${way.uri}`});
			note(exchange, way.host, {kind: 'error', words: '', sent: false, delayMs: 0});
			return reply(502);
		}

		const {address} = asked;
		const answer = ask(exchange, way, address, bytes);
		exchange.elapsedMs += answer.delayMs;
		note(exchange, address, answer);
		const failed = 'kind' in answer;
		if (failed) logError(exchange, answer.words, {upstream: `${way.scheme}://${address}${way.uri}`});
		const more = tried < triesMax && exchange.elapsedMs - startMs < timeoutMs && goesOn(exchange, answer);
		asked.told?.(failed || (more && answer.status !== 403 && answer.status !== 404));
		last = failed ? reply(answer.kind === 'timeout' ? 504 : 502) : passOn(exchange, answer, way);
		if (!more) return last;
	}
}

/** What no limit stands for. */
const triesEver = 100;

function untilMs({levels}: Exchange): number {
	const limit = milliseconds(word('proxy_next_upstream_timeout', levels) ?? '0');
	return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

interface Asked {
	readonly address: string;
	/** Counts what became of it. */
	told?(failed: boolean): void;
}

/** Gives whom to ask next; undefined when nobody is left. */
function peersFor(exchange: Exchange, {host, port}: Way): {readonly total: number; readonly next: () => Asked | undefined} {
	const upstream = exchange.nginx.table.upstreams.get(host);
	if (upstream?.block?.some(({name}) => name === 'balancer_by_lua_block')) {
		const balance = () => exchange.nginx.modules.balance?.(exchange);
		return {
			total: Number.POSITIVE_INFINITY,
			next: () => {
				const address = balance();
				return address === undefined ? undefined : {address};
			},
		};
	}

	if (!upstream) {
		const addresses = [`${host}:${port}`];
		return {total: 1, next: () => addresses.splice(0, 1).map(address => ({address}))[0]};
	}

	const {total, next} = peersOf(exchange, upstream);
	return {
		total,
		next: () => {
			const peer = next();
			return peer && {address: peer.address, ...(total > 1 && {told: failed => noteHealth(exchange, upstream, peer, failed)})};
		},
	};
}

function ask(exchange: Exchange, {scheme, host, byVariable}: Way, peer: string, bytes: string): UpstreamAnswer | UpstreamFailure {
	const {context, nginx, levels, request} = exchange;
	const head = request.method === 'HEAD';
	const socket = peer.startsWith('unix:') ? nginx.table.sockets.get(peer) : undefined;
	if (socket) {
		const {bytes: answered, delayMs = 0} = nginx.answerOn(socket, bytes);
		return readAnswer(answered, delayMs, 'closed', {head, readTimeoutMs: Number.POSITIVE_INFINITY});
	}

	const [name, port = scheme === 'https' ? '443' : '80'] = splitPlace(peer);
	if (byVariable && !isAddress(name) && !setting('resolver', levels))
		return {kind: 'error', words: `no resolver defined to resolve ${name}`, sent: true, delayMs: 0};
	const address = isAddress(name) ? name : addressOf(exchange, name, byVariable);
	if (!address) return {kind: 'error', words: `${name} could not be resolved (3: Host not found)`, sent: true, delayMs: 0};
	const timeout = (directive: string) => milliseconds(word(directive, levels) ?? '60s');
	return askUpstream(context.machine, {
		address,
		port: Number(port),
		bytes,
		connectTimeoutMs: timeout('proxy_connect_timeout'),
		readTimeoutMs: timeout('proxy_read_timeout'),
		...(scheme === 'https' && {tlsName: host}),
		head,
	});
}

const isAddress = (name: string) => /^[\d.]+$/.test(name) || name.startsWith('[');

/** `name:port`; an address of IPv6 stands in brackets. */
function splitPlace(peer: string): readonly [name: string, port?: string] {
	const [, name = peer, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(peer) ?? [];
	return port === undefined ? [name] : [name, port];
}

function note(exchange: Exchange, peer: string, answer: UpstreamAnswer | UpstreamFailure): void {
	const failed = 'kind' in answer;
	exchange.upstreamHeaders = failed ? [] : answer.headers;
	exchange.tries.push({
		address: peer,
		status: String(failed ? (answer.kind === 'timeout' ? 504 : 502) : answer.status),
		length: failed ? '0' : String(answer.body.length),
		ms: answer.delayMs,
		afterRedirect: exchange.redirects > 0 && exchange.failing && !exchange.tries.some(({afterRedirect}) => afterRedirect),
	});
}

const idempotent = (method: string): boolean => !['POST', 'LOCK', 'PATCH'].includes(method);

function goesOn({method, levels}: Exchange, answer: UpstreamAnswer | UpstreamFailure): boolean {
	const words = setting('proxy_next_upstream', levels)?.args ?? ['error', 'timeout'];
	const condition = 'kind' in answer ? answer.kind : `http_${answer.status}`;
	if (!words.includes(condition)) return false;
	const sent = !('kind' in answer) || answer.sent;
	return !sent || idempotent(method) || words.includes('non_idempotent');
}

/** The request as it goes on: what `proxy_set_header` says, what nginx sets otherwise, and the client's own. */
function messageFor(exchange: Exchange, {authority, uri}: Way): string {
	const {request, levels, method, subrequest} = exchange;
	const set = settings('proxy_set_header', levels).map(({args}) => [args[0]!, expand(exchange, args[1] ?? '')] as const);
	const names = new Set(set.map(([name]) => name.toLowerCase()));
	const version = word('proxy_http_version', levels) ?? '1.0';
	const withBody = isOn('proxy_pass_request_body', levels, true) && (subrequest === undefined || isOn('mirror_request_body', levels, true));
	return requestBytes({
		method: word('proxy_method', levels) ?? (subrequest === undefined ? method : request.method),
		target: uri,
		version,
		set: [
			...(names.has('host') ? [] : [['Host', authority] as const]),
			...set,
			...(names.has('connection') ? [] : [['Connection', 'close'] as const]),
		],
		passed: isOn('proxy_pass_request_headers', levels, true) ? passedFields(request.fields) : [],
		body: withBody ? request.body : '',
	});
}

/** What was found when the configuration was read; of a variable, what nginx's own resolver finds, which knows no search domains. */
function addressOf({context: {machine}, nginx}: Exchange, name: string, byVariable: boolean): string | undefined {
	const {addresses} = nginx.memory();
	if (byVariable) return resolveName(machine, name.endsWith('.') ? name : `${name}.`);
	return Object.hasOwn(addresses, name) ? addresses[name] : resolveName(machine, name);
}
