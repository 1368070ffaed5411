import {hostName, type NginxRequest} from '../../nginx/connection/request-head.js';
import {decodeUri} from '../../nginx/request/uri.js';
import type {Random} from '../../../sim/random.js';
import type {ServiceRequest} from '../../../net/socket.js';
import {checkAccess} from './access-phase.js';
import {workerOf} from './error-log.js';
import {type Exchange, type Reply, reply} from './exchange.js';
import {holdConnection, limitRequest, within} from './limits.js';
import type {NginxContext} from './memory.js';
import {mirror} from './mirror.js';
import {statusPage} from './own-servers.js';
import {proxy} from './proxy.js';
import {realIp} from './real-ip.js';
import {findConfig, rewriteLocation, rewriteServer} from './rewrite-phase.js';
import type {Routes} from './routes.js';

export interface Arrival {
	readonly request: NginxRequest;
	readonly received: ServiceRequest;
	readonly secure: boolean;
	readonly certificate?: string | undefined;
}

export function createExchange(context: NginxContext, routes: Routes, {request: given, received, secure, certificate}: Arrival): Exchange {
	const {options} = routes.configuration;
	const {random} = context.machine.sim;
	const http2 = secure && (context.memory.nginx?.http2.includes(`${received.peer.address}:${received.peer.port}`) ?? false);
	const request = http2 ? {...given, line: given.line.replace(/HTTP\/1\.1$/, 'HTTP/2.0')} : given;
	const name = hostName(request.headers['host'] ?? '');
	const host = routes.findHost(name);
	return {
		context,
		routes,
		options,
		request,
		host,
		hostName: name || host.server.hostname,
		client: realIp(options, received.peer.address, request.headers),
		peer: received.peer,
		local: received.local,
		secure,
		http2,
		...(certificate !== undefined && {certificate}),
		worker: workerOf(received.peer, Number(options.workerProcesses) || 2),
		serial: (context.memory.nginx?.accepted ?? 0) + 1,
		requestId: requestId(random.fork(`ingress-nginx/${context.machine.hostname}/request-id`)),
		uri: request.path,
		args: request.query,
		rewritten: false,
		vars: {
			proxy_upstream_name: '',
			proxy_alternative_upstream_name: '',
			namespace: '',
			ingress_name: '',
			service_name: '',
			service_port: '',
		},
		cookies: [],
		added: [],
		addHeaders: [],
		tries: [],
		forUpstream: [],
		elapsedMs: 0,
		redirected: false,
		remoteUser: '',
	};
}

/** 128 random bits. */
const requestId = (random: Random): string =>
	[0, 1, 2, 3]
		.map(() =>
			random
				.int(2 ** 32)
				.toString(16)
				.padStart(8, '0'),
		)
		.join('');

/** What is decided before the body is needed. */
export function beforeBody(exchange: Exchange): Reply | undefined {
	const uri = decodeUri(exchange.request.path);
	if (uri === undefined) return reply(400);
	exchange.uri = uri;
	exchange.vars['proxy_upstream_name'] = '-';
	return rewriteServer(exchange) ?? findConfig(exchange);
}

const phases = [beforeBody, builtin, rewriteLocation, limitRequest, checkAccess];

/** nginx's phases in order; the first that answers ends them. */
export function handle(exchange: Exchange): Reply {
	for (const phase of phases) {
		const answer = phase(exchange);
		if (answer) return answer;
	}

	mirror(exchange);
	const answer = proxy(exchange);
	holdConnection(exchange);
	return answer;
}

/** /healthz and /nginx_status of the default server. */
function builtin(exchange: Exchange): Reply | undefined {
	const {route, peer, context} = exchange;
	if (route?.builtin === 'health') return {status: 200, headers: [], type: 'text/html', body: ''};
	if (route?.builtin !== 'status') return undefined;
	if (!within(peer.address, ['127.0.0.1'])) return reply(403);
	return {status: 200, headers: [], type: 'text/plain', body: statusPage(context)};
}
