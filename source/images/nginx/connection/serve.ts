import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import {writeAnswer} from '../answer/write-answer.js';
import {isOn, setting, sizeOf} from '../config/levels.js';
import {findServer, type Server} from '../config/server-table.js';
import {logAccess} from '../log/access-log.js';
import {emptyMemory, type NginxMemory} from '../memory.js';
import {type Exchange, type Nginx, type Place, reply, type Reply} from '../request/exchange.js';
import {runLua} from '../request/lua.js';
import {answer, beforeBody, conclude, subrequest} from '../request/phases.js';
import {checkCertificate} from './client-certificate.js';
import {drop, keep} from './partial.js';
import {
	defaultLimits,
	type HeadLimits,
	hostName,
	type NginxRequest,
	readHead,
	type Refusal,
	unreadRequest,
	wholeBody,
} from './request-head.js';
import {open} from './secure.js';

/** Bytes on one of nginx's ports. */
export function serve(nginx: Nginx, {bytes: received, peer, local}: ServiceRequest): ServiceAnswer {
	const connection = `${peer.address}:${peer.port}`;
	const opened = open(nginx, local, received);
	if ('hello' in opened) {
		const {hello, serverName, http2} = opened;
		nginx.remember(({greeted}) => ({greeted: keep(greeted, connection, {serverName, http2})}));
		return {bytes: hello, delayMs: 1, end: hello === '' ? 'closed' : 'open'};
	}

	const {seal, secure, plain, certificate} = opened;
	const bytes = takePartial(nginx, connection) + opened.bytes;
	const read = readHead(bytes, limitsOf(nginx, local));
	if ('incomplete' in read) return wait(nginx, connection, bytes);
	const greeted = secure ? nginx.memory().greeted[connection] : undefined;
	const arrival: Arrival = {
		nginx,
		peer,
		local,
		secure,
		http2: greeted?.http2 ?? false,
		...(greeted && {serverName: greeted.serverName}),
		...(certificate !== undefined && {certificate}),
	};
	if (plain || 'refused' in read) {
		const request = 'request' in read ? read.request : unreadRequest(read.refused);
		return finish(
			createExchange(arrival, request),
			exchange => conclude(exchange, plain ? wrongPort : refusalReply((read as {refused: Refusal}).refused)),
			seal,
		);
	}

	const body = wholeBody(read.request);
	const exchange = createExchange(arrival, {...read.request, body: body ?? ''});
	const refused = checkCertificate(exchange);
	if (refused) return finish(exchange, each => conclude(each, refused), seal);
	if (body !== undefined) return finish(exchange, answer, seal);
	const early = beforeBody(exchange);
	return early ? finish(exchange, each => conclude(each, early), seal) : wait(nginx, connection, bytes);
}

/** What came before on a connection whose request is not whole yet. */
function takePartial(nginx: Nginx, connection: string): string {
	const before = nginx.memory().partial[connection];
	if (before === undefined) return '';
	nginx.remember(({partial}) => ({partial: drop(partial, connection)}));
	return before;
}

function wait(nginx: Nginx, connection: string, bytes: string): ServiceAnswer {
	nginx.remember(({partial}) => ({partial: keep(partial, connection, bytes)}));
	return {bytes: '', end: 'open'};
}

const wrongPort: Reply = {...reply(400), cause: {code: 497, note: 'The plain HTTP request was sent to HTTPS port'}};

const refusalReply = ({status}: Refusal): Reply =>
	status === 494 ? {...reply(400), cause: {code: 494, note: 'Request Header Or Cookie Too Large'}} : reply(status);

/** `large_client_header_buffers 4 8k`, `underscores_in_headers` of the default server. */
function limitsOf({table}: Nginx, {address, port}: Place): HeadLimits {
	const levels = findServer(table, address, port, '')?.levels ?? [];
	const [count, size] = setting('large_client_header_buffers', levels)?.args ?? [];
	const underscores = isOn('underscores_in_headers', levels);
	if (count === undefined && !underscores) return defaultLimits;
	return {buffers: Number(count ?? 4), bufferSize: sizeOf(size ?? '8k') ?? defaultLimits.bufferSize, underscores};
}

type Arrival = Pick<Exchange, 'nginx' | 'peer' | 'local' | 'secure' | 'http2' | 'serverName' | 'certificate'>;

const noServer: Server = {listens: [], names: [], directives: [], locations: [], levels: []};

function createExchange(arrival: Arrival, given: NginxRequest, server?: Server): Exchange {
	const {nginx, local, peer, http2} = arrival;
	const request = http2 ? {...given, line: given.line.replace(/HTTP\/1\.1$/, 'HTTP/2.0')} : given;
	const found = server ?? findServer(nginx.table, local.address, local.port, hostName(request.headers['host'] ?? '')) ?? noServer;
	return {
		...arrival,
		context: nginx.context,
		request,
		server: found,
		serial: nginx.memory().accepted + 1,
		ask(uri) {
			const asked = subrequest(this, uri);
			if (isOn('log_subrequest', asked.exchange.levels)) logAccess(asked.exchange, {status: asked.reply.status, bodyBytes: 0, bytes: 0});
			return asked;
		},
		client: peer.address,
		method: request.method,
		uri: request.path,
		args: request.query,
		rewritten: false,
		location: undefined,
		own: [],
		levels: found.levels,
		vars: new Map(),
		lua: new Map(),
		captures: {},
		redirects: 0,
		failing: false,
		tries: [],
		upstreamHeaders: [],
		headers: [],
		cookies: [],
		elapsedMs: 0,
		remoteUser: '',
	};
}

/** Answers, writes bytes, and then the log and the counters. */
function finish(exchange: Exchange, work: (exchange: Exchange) => Reply, seal: (bytes: string) => string): ServiceAnswer {
	const {nginx} = exchange;
	const given = work(exchange);
	runLua(exchange, 'header_filter');
	const {status, bodyBytes, bytes, end, delayMs = 0} = writeAnswer(exchange, given);
	const sent = {status, bodyBytes, bytes: bytes.length};
	logAccess(exchange, sent);
	exchange.lua.set('sent', sent);
	runLua(exchange, 'log');
	nginx.remember(({accepted, requests}) => ({accepted: accepted + 1, requests: requests + 1}));
	return {bytes: seal(bytes), ...(end && {end}), delayMs: Math.max(1, delayMs)};
}

/** A server that listens on a socket of the file system is asked by this nginx itself. */
export function answerOn(nginx: Nginx, server: Server, bytes: string, secure: boolean): ServiceAnswer {
	const read = readHead(bytes);
	if (!('request' in read)) return {bytes: '', end: 'closed'};
	const place = {address: 'unix:', port: 0};
	const exchange = createExchange({nginx, peer: place, local: place, secure, http2: false}, read.request, server);
	return finish(exchange, answer, each => each);
}

/** nginx as a request sees it; what it remembers is where its program keeps it. */
export function running(
	given: Omit<Nginx, 'memory' | 'remember' | 'answerOn'>,
	store: {get(): Partial<NginxMemory> | undefined; set(memory: Partial<NginxMemory>): void},
): Nginx {
	const nginx: Nginx = {
		...given,
		memory: () => ({...emptyMemory, ...store.get()}),
		remember(change) {
			const before = store.get();
			if (before) store.set({...before, ...change({...emptyMemory, ...before})});
		},
		answerOn: (server, bytes) => answerOn(nginx, server, bytes, false),
	};
	return nginx;
}
