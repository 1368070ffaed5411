import type {Connection} from '../../../net/netstack.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Effect} from '../../../shell/command.js';
import {connectErrors} from '../curl/transfer.js';
import {type Channel, plainChannel, systemTrust, type TlsFailure, tlsChannel} from '../http/channel.js';
import {type HttpResponse, type HttpUrl, parseHttpResponse} from '../http/message.js';

/** One HTTP request as the wgets make it. */
export interface Request {
	readonly url: HttpUrl;
	readonly address: string;
	readonly method: string;
	/** Lines after the request line. */
	readonly headers: readonly string[];
	readonly body?: string;
	readonly timeoutMs: number;
	readonly insecure: boolean;
}

export type Fetched =
	| {readonly response: HttpResponse}
	| {readonly failed: 'connect'; readonly why: string}
	| {readonly failed: 'timeout'}
	| {readonly failed: 'tls'; readonly tls: TlsFailure}
	| {readonly failed: 'no-data' | 'malformed'};

/** Connects; the outcome is told before anything is sent. */
export function* openConnection(
	machine: Machine,
	{url, address, timeoutMs}: Pick<Request, 'url' | 'address' | 'timeoutMs'>,
): Generator<Effect, {connection: Connection} | {why: string}, unknown> {
	const connection = machine.stack.connect(address, url.port);
	const {outcome} = connection;
	if (outcome.kind === 'connected') return {connection};
	if (outcome.kind === 'timeout') yield {sleepMs: Math.min(timeoutMs, 130_000)};
	else if (outcome.kind === 'unreachable' && outcome.code === 'host') yield {sleepMs: Math.min(timeoutMs, 3060)};
	return {why: connectErrors(outcome)};
}

/** What is said over a connection, in TLS where the URL wants it. */
export function openChannel(
	machine: Machine,
	connection: Connection,
	{url, insecure}: Pick<Request, 'url' | 'insecure'>,
): Channel | TlsFailure {
	if (url.scheme !== 'https') return plainChannel(connection);
	return tlsChannel(connection, {serverName: url.host, insecure, trusted: systemTrust(machine.files), nowMs: machine.sim.clock.now()});
}

/** One request over a channel, which stays open. */
export function* exchange(
	channel: Channel,
	{url, method, headers, body, timeoutMs}: Pick<Request, 'url' | 'method' | 'headers' | 'body' | 'timeoutMs'>,
): Generator<Effect, Exclude<Fetched, {failed: 'tls' | 'connect'}>, unknown> {
	const answer = channel.exchange(`${method} ${url.path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body ?? ''}`);
	if (answer.delayMs > timeoutMs || (answer.end === 'timeout' && answer.bytes === '')) {
		yield {sleepMs: timeoutMs};
		return {failed: 'timeout'};
	}

	if (answer.delayMs > 0) yield {sleepMs: answer.delayMs};
	if (answer.bytes === '') return {failed: 'no-data'};
	const response = parseHttpResponse(answer.bytes, method === 'HEAD');
	return response ? {response} : {failed: 'malformed'};
}

export function* request(machine: Machine, connection: Connection, asked: Request): Generator<Effect, Fetched, unknown> {
	const channel = openChannel(machine, connection, asked);
	if ('failure' in channel) return {failed: 'tls', tls: channel};
	const done = yield* exchange(channel, asked);
	channel.close();
	return done;
}
