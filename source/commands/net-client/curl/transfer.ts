import {parseIpv4} from '../../../net/address.js';
import type {Connection} from '../../../net/netstack.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Effect} from '../../../shell/command.js';
import {type Channel, plainChannel} from '../http/channel.js';
import {headerOf, type HttpResponse, type HttpUrl, parseHttpResponse} from '../http/message.js';
import {resolve} from '../resolve/resolve.js';
import {alertText, CurlError} from './errors.js';
import {asHttp2, noteHttp2} from './http2.js';
import type {CurlOptions} from './options.js';
import type {CurlRequest} from './request.js';
import {openSecure, type SecureChannel} from './secure.js';
import {bytesOf} from './size.js';
import {noSocket} from './unix-socket.js';
import {headless, openTunnel, proxyLine} from './tunnel.js';
import type {Reporter} from './reporter.js';

export interface Transfer {
	readonly response: HttpResponse;
	readonly connection: Connection;
	/** An earlier transfer had opened it. */
	readonly reused: boolean;
	readonly times: {
		readonly namelookup: number;
		readonly connect: number;
		readonly appconnect: number;
		readonly starttransfer: number;
		readonly total: number;
	};
}

/** Connections that stay open between the transfers of one command line, by scheme, host and port. */
export type Pool = Map<string, {readonly connection: Connection; readonly channel: Channel}>;

/** SYN retries of Linux: 1, 2, 4 ... seconds. */
const kernelConnectTimeoutMs = 130_000;
const defaultConnectTimeoutMs = 300_000;

/** One request to one URL: look-up, connect, TLS, exchange. Throws a CurlError. */
export function* transfer(
	machine: Machine,
	url: HttpUrl,
	request: CurlRequest,
	options: CurlOptions,
	startedMs: number,
	report: Reporter,
	pool: Pool,
): Generator<Effect, Transfer, unknown> {
	const {clock, random} = machine.sim;
	const microseconds = random.fork(`curl/${machine.name}`);
	const spent = (least: number) => (clock.now() - startedMs) / 1000 + (least + microseconds.int(200)) / 1e6;
	const limitMs = secondsMs(options.values.get('max-time'));
	const {proxy} = options;
	const place = proxy ? {...url, host: proxy.host, port: proxy.port} : connectPlace(url, options, report);
	const key = `${url.scheme} ${place.host}:${place.port}${proxy?.tunnel ? ` ${url.host}:${url.port}` : ''}`;
	const kept = pool.get(key);
	pool.delete(key);
	if (kept) {
		report.note(`Found bundle for host: 0x55${microseconds.hex(10)} [serially]`);
		report.note('Can not multiplex, even if we wanted to');
		report.note(`Re-using existing connection #0 with host ${place.host}`);
	}

	if (!kept && proxy?.variable) report.note(`Uses proxy env variable ${proxy.variable} == '${options.env?.[proxy.variable] ?? ''}'`);
	const address = options.values.has('unix-socket')
		? ''
		: kept
			? kept.connection.remote.address
			: yield* addressOf(machine, place, options, report);
	const namelookup = spent(20);
	const connection = kept?.connection ?? (yield* connect(machine, place, address, options, startedMs, limitMs, report));
	const connectedAt = kept ? namelookup : spent(240);
	if (!kept) report.note(`Connected to ${place.host} (${address}) port ${place.port} (#0)`);
	if (proxy?.tunnel && !kept) openTunnel(connection, url, proxy, options, report);
	const secure = url.scheme === 'https' && !kept ? openSecure(machine, url, connection, options, report) : undefined;
	const channel: Channel = kept?.channel ?? secure ?? plainChannel(connection);
	const appconnect = secure ? spent(2600) : 0;
	if (secure?.isHttp2) noteHttp2(report, url, request, microseconds);
	else if (secure) report.note('using HTTP/1.1');
	if (secure) report.data('out', 5);
	report.sent(secure?.isHttp2 ? asHttp2.request(request) : request);
	const preface = options.flags.has('haproxy-protocol') && !kept ? proxyLine(connection) : '';
	const answer = channel.exchange(preface + request.bytes);
	if (secure) secure.noteTickets();
	if (answer.alert) throw new CurlError(56, `OpenSSL SSL_read: ${alertText(answer.alert)}, errno 0`);
	yield* patience(machine, answer, startedMs, limitMs);
	if (answer.bytes === '') {
		channel.close();
		if (kept) {
			report.note('Connection died, retrying a fresh connect (retry count: 1)');
			return yield* transfer(machine, url, request, options, startedMs, report, pool);
		}

		throw answer.end === 'reset'
			? new CurlError(56, 'Recv failure: Connection reset by peer')
			: new CurlError(52, 'Empty reply from server');
	}

	const response = responseIn(answer.bytes, request, options, secure);
	report.received(response);
	yield* slowly(machine, options, startedMs, limitMs, response);
	if (staysOpen(response) && answer.end === 'open' && !secure?.isHttp2) pool.set(key, {connection, channel});
	else channel.close();
	const times = {namelookup, connect: connectedAt, appconnect, starttransfer: spent(700), total: spent(900)};
	if (response.missing > 0) throw new CurlError(18, `transfer closed with ${response.missing} bytes remaining to read`);
	return {response, connection, times, reused: kept !== undefined};
}

/** Until the answer is there, or the time is over. */
function* patience(
	{sim: {clock}}: Machine,
	answer: ReturnType<Channel['exchange']>,
	startedMs: number,
	limitMs: number | undefined,
): Generator<Effect, void, unknown> {
	const leftMs = limitMs === undefined ? Number.POSITIVE_INFINITY : startedMs + limitMs - clock.now();
	if (answer.delayMs > leftMs || (answer.end === 'timeout' && answer.bytes === '')) {
		if (leftMs === Number.POSITIVE_INFINITY) yield {sleepMs: 3_600_000};
		else yield {sleepMs: Math.max(0, leftMs)};
		throw new CurlError(28, `Operation timed out after ${clock.now() - startedMs} milliseconds with 0 bytes received`);
	}

	if (answer.delayMs > 0) yield {sleepMs: answer.delayMs};
}

function responseIn(bytes: string, {method}: CurlRequest, {flags, values}: CurlOptions, secure: SecureChannel | undefined): HttpResponse {
	const plain = parseHttpResponse(bytes, method === 'HEAD');
	const old = flags.has('http0.9') ? headless(bytes) : undefined;
	const response = plain && secure?.isHttp2 ? asHttp2.response(plain, secure.hello?.library === 'go') : (plain ?? old);
	if (!response) throw new CurlError(1, 'Received HTTP/0.9 when not allowed');
	const most = bytesOf(values.get('max-filesize'));
	if (most !== undefined && Number(headerOf(response, 'content-length') ?? 0) > most) throw new CurlError(63, 'Maximum file size exceeded');
	return response;
}

/** `--limit-rate`: the time that a body takes. */
function* slowly(
	{sim: {clock}}: Machine,
	{values}: CurlOptions,
	startedMs: number,
	limitMs: number | undefined,
	{body}: HttpResponse,
): Generator<Effect, void, unknown> {
	const rate = bytesOf(values.get('limit-rate'));
	if (!rate || body.length <= rate) return;
	const spentMs = ((body.length - rate) / rate) * 1000;
	const leftMs = limitMs === undefined ? spentMs : startedMs + limitMs - clock.now();
	yield {sleepMs: Math.floor(Math.min(spentMs, leftMs))};
	if (spentMs <= leftMs) return;
	const received = Math.floor((body.length * leftMs) / spentMs);
	throw new CurlError(
		28,
		`Operation timed out after ${clock.now() - startedMs} milliseconds with ${received} out of ${body.length} bytes received`,
	);
}

/** Of HTTP/1.1, unless the server says that it closes. */
const staysOpen = (response: HttpResponse): boolean =>
	response.version === '1.1' && !/\bclose\b/i.test(headerOf(response, 'connection') ?? '');

export const secondsMs = (text: string | undefined): number | undefined =>
	text === undefined ? undefined : Math.round(Number(text) * 1000);

const connectEntry = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?(?::(\[[^\]]*\]|[^:]*))?(?::(.*))?$/;

/** `--connect-to HOST1:PORT1:HOST2:PORT2`; what is left empty is any, or the same. */
function connectPlace(url: HttpUrl, {connectTo}: CurlOptions, report: Reporter): HttpUrl {
	for (const entry of connectTo) {
		const [, host = '', port = '', other = '', otherPort = ''] = connectEntry.exec(entry) ?? [];
		if ((host && host.toLowerCase() !== url.host.toLowerCase()) || (port && Number(port) !== url.port)) continue;
		if (otherPort !== '' && !(Number(otherPort) <= 65_535))
			throw new CurlError(49, `No valid port number in connect to host string (${otherPort})`);
		if (other) report.note(`Connecting to hostname: ${other}`);
		if (otherPort) report.note(`Connecting to port: ${otherPort}`);
		return {...url, host: other || url.host, port: Number(otherPort) || url.port};
	}

	return url;
}

/** `HOST:PORT:ADDRESS[,ADDRESS]...`; `-HOST:PORT` forgets one. */
const resolveEntry =
	/^(?:-.*|\+?[^:]*:\d+:(?:(?:\d{1,3}\.){3}\d{1,3}|\[?[\da-f]*:[\da-f:.]*\]?)(?:,(?:(?:\d{1,3}\.){3}\d{1,3}|\[?[\da-f]*:[\da-f:.]*\]?))*)$/i;

function* addressOf(machine: Machine, url: HttpUrl, options: CurlOptions, report: Reporter): Generator<Effect, string, unknown> {
	for (const entry of options.resolve) {
		if (!resolveEntry.test(entry)) throw new CurlError(49, `Couldn't parse CURLOPT_RESOLVE entry '${entry}'`);
		const [host, port, address] = entry.replace(/^\+/, '').split(':');
		if (!address || Number(port) !== url.port) continue;
		report.note(`Added ${host}:${port}:${address} to DNS cache${entry.startsWith('+') ? ' (non-permanent)' : ''}`);
		if (host === '*') report.note(`RESOLVE *:${port} is wildcard, enabling wildcard checks`);
		if (host !== '*' && host!.toLowerCase() !== url.host.toLowerCase()) continue;
		report.note(`Hostname ${url.host} was found in DNS cache`);
		return address.split(',')[0]!;
	}

	const found = yield* resolve(machine, url.host);
	if ('error' in found)
		throw options.proxy
			? new CurlError(5, `Could not resolve proxy: ${url.host}`)
			: new CurlError(6, `Could not resolve host: ${url.host}`);
	return found.addresses[0]!;
}

/** `--interface`: a device stands for its first address; an address must be one of this machine's. */
function sourceOf({stack}: Machine, given: string | undefined): string | undefined {
	if (given === undefined) return undefined;
	const name = given.replace(/^(?:if|host)!/, '');
	const link = given.startsWith('host!') ? undefined : stack.links.get(name);
	const own = link?.addresses.find(({address}) => !address.includes(':'))?.address;
	if (own !== undefined) return own;
	if (link || parseIpv4(name) === undefined) throw new CurlError(45, `Couldn't bind to '${name}'`);
	if (!stack.links.list().some(({addresses}) => addresses.some(({address}) => address === name)) && !name.startsWith('127.'))
		throw new CurlError(45, 'bind failed with errno 99: Cannot assign requested address');
	return name;
}

function* connect(
	machine: Machine,
	url: HttpUrl,
	address: string,
	options: CurlOptions,
	startedMs: number,
	limitMs: number | undefined,
	report: Reporter,
): Generator<Effect, Connection, unknown> {
	const {clock} = machine.sim;
	const socket = options.values.get('unix-socket');
	if (socket !== undefined) return noSocket(machine, url, socket, report);
	report.note(`  Trying ${address}:${url.port}...`);
	const source = sourceOf(machine, options.values.get('interface'));
	const connection = open(machine, address, url.port, source, options.values.get('local-port'));
	const {outcome} = connection;
	if (outcome.kind === 'connected') return connection;
	const connectLimitMs = secondsMs(options.values.get('connect-timeout')) ?? defaultConnectTimeoutMs;
	if (outcome.kind === 'timeout') {
		const maxMs = limitMs === undefined ? Number.POSITIVE_INFINITY : startedMs + limitMs - clock.now();
		yield {sleepMs: Math.min(kernelConnectTimeoutMs, connectLimitMs, maxMs)};
		if (maxMs <= Math.min(connectLimitMs, kernelConnectTimeoutMs)) {
			report.note(`Connection timed out after ${clock.now() - startedMs} milliseconds`);
			report.note('Closing connection 0');
			throw new CurlError(28, `Connection timed out after ${clock.now() - startedMs} milliseconds`);
		}
	} else if (outcome.kind === 'unreachable' && outcome.code === 'host') {
		yield {sleepMs: 3060};
	}

	const own = outcome.kind === 'timeout' && connectLimitMs < kernelConnectTimeoutMs;
	if (!own) report.note(`connect to ${address} port ${url.port} failed: ${connectErrors(outcome)}`);
	const text = `Failed to connect to ${url.host} port ${url.port} after ${clock.now() - startedMs} ms: ${own ? 'Timeout was reached' : "Couldn't connect to server"}`;
	report.note(text);
	report.note('Closing connection 0');
	throw new CurlError(outcome.kind === 'timeout' ? 28 : 7, text);
}

/** `--local-port FIRST[-LAST]`: the first that is free. */
function open({stack}: Machine, address: string, port: number, source: string | undefined, given: string | undefined): Connection {
	const from = source === undefined ? {} : {source};
	if (given === undefined) return stack.connect(address, port, from);
	const [first = 0, last = first] = given.split('-').map(Number);
	const taken = new Set([...stack.sockets.connections().map(({local}) => local.port), ...stack.sockets.listeners().map(each => each.port)]);
	for (let sourcePort = first; sourcePort <= Math.min(last, 65_535); sourcePort++)
		if (!taken.has(sourcePort)) return stack.connect(address, port, {...from, sourcePort});
	throw new CurlError(45, 'bind failed with errno 98: Address already in use');
}

/** errno of a failed connect, in libc's words. */
export function connectErrors(outcome: Connection['outcome']): string {
	if (outcome.kind === 'refused') return 'Connection refused';
	if (outcome.kind === 'timeout') return 'Connection timed out';
	if (outcome.kind === 'unreachable') {
		if (outcome.code === 'port') return 'Connection refused';
		if (outcome.code === 'net' || outcome.code === 'no-route') return 'Network is unreachable';
	}

	return outcome.kind === 'reset' ? 'Connection reset by peer' : 'No route to host';
}
