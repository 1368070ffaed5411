import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import {dropPartial, keepPartial} from '../../nginx/connection/partial.js';
import {type HeadLimits, readHead, type Refusal, unreadRequest, wholeBody} from '../../nginx/connection/request-head.js';
import type {Configuration} from '../configuration.js';
import {logAccess} from './access-log.js';
import {openConnection} from './client-connection.js';
import {replaceError} from './error-page.js';
import {type Exchange, type Reply, reply} from './exchange.js';
import {beforeBody, createExchange, handle} from './handle.js';
import {emptyMemory, type NginxContext, remember, type WithNginx} from './memory.js';
import {countRequest} from './metrics.js';
import {answerOwn, ports} from './own-servers.js';
import {sizeOf} from './rewrite-phase.js';
import {routesOf} from './routes.js';
import {listenForStreams, serveStream, streamAt} from './streams.js';
import {writeAnswer} from './write-answer.js';

/** Starts nginx inside the controller's process: the ports of nginx.conf, and an empty memory. */
export function startNginx(context: NginxContext, configuration: Configuration): void {
	context.listen('tcp', '*', ports.http);
	context.listen('tcp', '*', ports.https);
	context.listen('tcp', '*', ports.fallback);
	context.listen('tcp', '127.0.0.1', ports.status);
	context.memory = {...context.memory, nginx: emptyMemory(configuration)};
	listenForStreams(context, undefined, configuration);
}

/** A new nginx.conf: new workers, so what each of them knew is gone; shared memory stays. */
export function reloadNginx(context: NginxContext, configuration: Configuration): void {
	listenForStreams(context, context.memory.nginx?.configuration, configuration);
	remember(context, ({generation}) => ({configuration, generation: generation + 1, balancers: {}, partial: {}}));
}

/** Backends and certificates that lua takes over without a reload. */
export function updateNginx(context: NginxContext, configuration: Configuration): void {
	remember(context, () => ({configuration}));
}

/** Whether a socket is one of nginx's: the program hands what arrives there to `serveNginx`. */
export const isNginxPort = (port: number, {nginx}: WithNginx): boolean =>
	Object.values<number>(ports).includes(port) || streamAt(nginx?.configuration, port) !== undefined;

const http2Max = 31;

/** Bytes on one of nginx's ports. */
export function serveNginx(context: NginxContext, received: ServiceRequest): ServiceAnswer {
	const {nginx} = context.memory;
	if (!nginx) return {bytes: '', end: 'reset'};
	const routes = routesOf(nginx.configuration);
	const {options} = nginx.configuration;
	const {port} = received.local;
	const stream = streamAt(nginx.configuration, port);
	if (stream) return serveStream(context, stream, received);
	const opened = openConnection(routes, port === ports.https, received.bytes);
	const connection = `${received.peer.address}:${received.peer.port}`;
	if ('hello' in opened) {
		if (opened.http2) remember(context, ({http2}) => ({http2: [connection, ...http2.slice(0, http2Max)]}));
		return {bytes: opened.hello, end: opened.hello === '' ? 'closed' : 'open'};
	}

	const bytes = takePartial(context, connection) + opened.bytes;
	const read = readHead(bytes, limitsOf(options.largeClientHeaderBuffers, options.enableUnderscoresInHeaders));
	if ('incomplete' in read) return wait(context, connection, bytes);
	if (port === ports.fallback || port === ports.status)
		return 'request' in read ? answerOwn(context, port, read.request) : {bytes: '', end: 'closed'};
	if (options.useProxyProtocol) context.machine.sim.notes.notSimulated('ingress-nginx: use-proxy-protocol');
	const {secure, seal, certificate} = opened;
	if (opened.plain) {
		const request = 'request' in read ? read.request : unreadRequest(read.refused);
		return finish(createExchange(context, routes, {request, received, secure: false}), wrongPort, seal);
	}

	if ('refused' in read)
		return finish(
			createExchange(context, routes, {request: unreadRequest(read.refused), received, secure}),
			refusalReply(read.refused),
			seal,
		);
	const body = wholeBody(read.request);
	const exchange = createExchange(context, routes, {request: {...read.request, body: body ?? ''}, received, secure, certificate});
	if (body !== undefined) return finish(exchange, handle(exchange), seal);
	const early = beforeBody(exchange);
	if (early) return finish(exchange, early, seal);
	return wait(context, connection, bytes);
}

/** What came before on a connection whose request is not whole yet. */
function takePartial(context: NginxContext, connection: string): string {
	const before = context.memory.nginx?.partial[connection];
	if (before === undefined) return '';
	remember(context, ({partial}) => ({partial: dropPartial(partial, connection)}));
	return before;
}

function wait(context: NginxContext, connection: string, bytes: string): ServiceAnswer {
	remember(context, ({partial}) => ({partial: keepPartial(partial, connection, bytes)}));
	return {bytes: '', end: 'open'};
}

const wrongPort: Reply = {...reply(400), note: 'The plain HTTP request was sent to HTTPS port'};

const refusalReply = ({status}: Refusal): Reply =>
	status === 494 ? {...reply(400), note: 'Request Header Or Cookie Too Large'} : reply(status);

/** `4 8k` */
function limitsOf(buffers: string, underscores: boolean): HeadLimits {
	const [count = '4', size = '8k'] = buffers.split(/\s+/);
	return {buffers: Number(count), bufferSize: sizeOf(size), underscores};
}

/** Error pages, bytes, log and counters. */
function finish(exchange: Exchange, given: Reply, seal: (bytes: string) => string): ServiceAnswer {
	const {context, options} = exchange;
	if (options.useGzip || options.enableBrotli) context.machine.sim.notes.notSimulated('ingress-nginx: use-gzip, enable-brotli');
	const {status, bodyBytes, bytes, ...rest} = writeAnswer(exchange, replaceError(exchange, given));
	logAccess(exchange, status, bodyBytes, bytes.length);
	countRequest(exchange, status, bytes.length);
	return {...rest, bytes: seal(bytes)};
}
