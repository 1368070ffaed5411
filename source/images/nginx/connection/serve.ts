import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import {writeAnswer} from '../answer/write-answer.js';
import {isOn, setting, sizeOf} from '../config/levels.js';
import {readPattern} from '../config/pattern.js';
import {findServer, type Server} from '../config/server-table.js';
import {logAccess} from '../log/access-log.js';
import {emptyMemory, type NginxMemory} from '../memory.js';
import {type Exchange, type Nginx, ownError, type Place, reply, type Reply} from '../request/exchange.js';
import {runLua} from '../request/lua.js';
import {answer as answerWhole, beforeBody, conclude, subrequest} from '../request/phases.js';
import {capture} from '../variables/captures.js';
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

/** Bytes on one of nginx's ports: one request after the other, as long as they have come whole. */
export function serve(nginx: Nginx, {bytes: received, peer, local}: ServiceRequest): ServiceAnswer {
	const connection = `${peer.address}:${peer.port}`;
	const opened = open(nginx, local, received);
	if ('hello' in opened) {
		const {hello, serverName, http2} = opened;
		nginx.remember(({greeted}) => ({greeted: keep(greeted, connection, {serverName, http2})}));
		return {bytes: hello, delayMs: 1, end: hello === '' ? 'closed' : 'open'};
	}

	const {seal, secure, plain, certificate} = opened;
	const greeted = secure ? nginx.memory().greeted[connection] : undefined;
	const arrival = {
		nginx,
		peer,
		local,
		secure,
		http2: greeted?.http2 ?? false,
		...(greeted && {serverName: greeted.serverName}),
		...(certificate !== undefined && {certificate}),
	};
	const before = takePartial(nginx, connection);
	const limits = limitsOf(nginx, local);
	let bytes = before + opened.bytes;
	let sent = '';
	let delayMs = 0;
	for (let turn = 0; ; turn++) {
		const {answer, rest} = serveOne({...arrival, pipelined: turn > 0}, {connection, bytes, limits, plain: plain ?? false, before});
		sent += answer.bytes;
		delayMs += answer.delayMs ?? 0;
		if (answer.end !== 'open' || rest === '') return {bytes: seal(sent), end: answer.end ?? 'open', ...(delayMs > 0 && {delayMs})};
		bytes = rest;
	}
}

interface Received {
	readonly connection: string;
	readonly bytes: string;
	readonly limits: HeadLimits;
	/** No TLS where it is spoken. */
	readonly plain: boolean;
	/** What of it had come before. */
	readonly before: string;
}

interface Served {
	readonly answer: ServiceAnswer;
	/** The next request's bytes. */
	readonly rest: string;
}

function serveOne(arrival: Omit<Arrival, 'before'>, {connection, bytes, limits, plain, before}: Received): Served {
	const {nginx} = arrival;
	const read = readHead(bytes, limits);
	if ('incomplete' in read) return {answer: wait(nginx, connection, bytes), rest: ''};
	const done = (answer: ServiceAnswer, rest = '') => ({answer, rest});
	const alive = nginx.memory().alive[connection];
	const come: Arrival = {...arrival, before: alive?.requests ?? 0};
	const known = {connection, ...(alive && {serial: alive.serial})};
	if (plain || 'refused' in read) {
		const request = 'request' in read ? read.request : unreadRequest(read.refused);
		const why = plain ? ownError(497) : refusalReply((read as {refused: Refusal}).refused);
		return done(finish(createExchange(come, request, known), each => conclude(each, why), connection));
	}

	const whole = wholeBody(read.request);
	if (whole === 'broken') return done(finish(createExchange(come, read.request, known), each => conclude(each, reply(400)), connection));
	const exchange = createExchange(come, {...read.request, body: whole?.body ?? ''}, known);
	const refused = checkCertificate(exchange);
	if (refused) return done(finish(exchange, each => conclude(each, refused), connection));
	const asks = expectsWord(read.request);
	if (whole) {
		const answer = finish(exchange, answerWhole, connection);
		// Whoever sent the head alone has been told to go on already.
		const told = asks && exchange.errorStatus < 300 && !('request' in readHead(before, limits));
		return done(told ? {...answer, bytes: goOn + answer.bytes} : answer, whole.rest);
	}

	const early = beforeBody(exchange);
	if (early) return done(finish(exchange, each => conclude(each, early), connection));
	const first = asks && before === '';
	return done({...wait(nginx, connection, bytes), ...(first && {bytes: goOn})});
}

const goOn = 'HTTP/1.1 100 Continue\r\n\r\n';

const expectsWord = ({version, headers}: NginxRequest): boolean => version === '1.1' && headers['expect']?.toLowerCase() === '100-continue';

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

const refusalReply = ({status}: Refusal): Reply => (status === 494 ? ownError(status) : reply(status));

/** `large_client_header_buffers 4 8k`, `underscores_in_headers` of the default server. */
function limitsOf({table}: Nginx, {address, port}: Place): HeadLimits {
	const levels = findServer(table, address, port, '')?.levels ?? [];
	const [count, size] = setting('large_client_header_buffers', levels)?.args ?? [];
	const underscores = isOn('underscores_in_headers', levels);
	if (count === undefined && !underscores) return defaultLimits;
	return {buffers: Number(count ?? 4), bufferSize: sizeOf(size ?? '8k') ?? defaultLimits.bufferSize, underscores};
}

type Arrival = Pick<Exchange, 'nginx' | 'peer' | 'local' | 'secure' | 'http2' | 'serverName' | 'certificate' | 'before' | 'pipelined'>;

const noServer: Server = {listens: [], names: [], directives: [], locations: [], levels: []};

function createExchange(
	arrival: Arrival,
	given: NginxRequest,
	known: {readonly connection: string; readonly serial?: number; readonly server?: Server},
): Exchange {
	const {nginx, local, peer, http2} = arrival;
	const request = http2 ? {...given, line: given.line.replace(/HTTP\/1\.1$/, 'HTTP/2.0')} : given;
	const host = hostName(request.headers['host'] ?? '');
	const found = known.server ?? findServer(nginx.table, local.address, local.port, host) ?? noServer;
	const exchange: Exchange = {
		...arrival,
		context: nginx.context,
		request,
		server: found,
		serial: known.serial ?? nginx.memory().accepted + 1,
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
		errorStatus: 0,
		broken: false,
		tries: [],
		upstreamHeaders: [],
		headers: [],
		cookies: [],
		elapsedMs: 0,
		remoteUser: '',
	};
	captureName(exchange, host);
	return exchange;
}

/** A server that was found by a regular expression: its groups are variables. */
function captureName(exchange: Exchange, host: string): void {
	const {names} = exchange.server;
	if (names.includes(host)) return;
	for (const name of names.filter(each => each.startsWith('~'))) {
		const match = readPattern(`~*${name.slice(1)}`).exec(host);
		if (!match) continue;
		capture(exchange, match);
		return;
	}
}

/** Answers, writes bytes, and then the log and the counters. */
function finish(exchange: Exchange, work: (exchange: Exchange) => Reply, connection: string): ServiceAnswer {
	const {nginx} = exchange;
	const given = work(exchange);
	runLua(exchange, 'header_filter');
	const {status, bodyBytes, bytes, end, delayMs = 0} = writeAnswer(exchange, given);
	const sent = {status, bodyBytes, bytes: bytes.length};
	logAccess(exchange, sent);
	exchange.lua.set('sent', sent);
	runLua(exchange, 'log');
	const first = exchange.before === 0;
	nginx.remember(({accepted, requests, alive}) => ({
		accepted: accepted + (first ? 1 : 0),
		requests: requests + 1,
		alive:
			end === 'open'
				? keep(alive, connection, {serial: exchange.serial, requests: exchange.before + 1})
				: first
					? alive
					: drop(alive, connection),
	}));
	return {bytes, ...(end && {end}), delayMs: Math.max(1, delayMs)};
}

/** A server that listens on a socket of the file system is asked by this nginx itself. */
export function answerOn(nginx: Nginx, server: Server, bytes: string, secure: boolean): ServiceAnswer {
	const read = readHead(bytes);
	if (!('request' in read)) return {bytes: '', end: 'closed'};
	const place = {address: 'unix:', port: 0};
	const arrival = {nginx, peer: place, local: place, secure, http2: false, before: 0, pipelined: false};
	return finish(createExchange(arrival, read.request, {connection: 'unix:', server}), answerWhole, 'unix:');
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
