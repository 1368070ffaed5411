import type {Machine} from '../../../node/host/machine.js';
import {clientHello, openTls, readServerHello, sealTls} from '../../../net/tls.js';
import {joinChunks} from '../connection/request-head.js';

/** What an upstream server said. */
export interface UpstreamAnswer {
	readonly status: number;
	readonly reason: string;
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	/** Bytes, whole. */
	readonly body: string;
	/** It told how long its body is; else nginx passes it on in chunks. */
	readonly sized: boolean;
	readonly delayMs: number;
}

/** Why there is no answer: the words of nginx's error log, and which condition of proxy_next_upstream it is. */
export interface UpstreamFailure {
	readonly kind: 'error' | 'timeout' | 'invalid_header';
	readonly words: string;
	/** The request was on its way already. */
	readonly sent: boolean;
	readonly delayMs: number;
}

export interface UpstreamCall {
	readonly address: string;
	readonly port: number;
	readonly bytes: string;
	readonly connectTimeoutMs: number;
	readonly readTimeoutMs: number;
	/** The name of the handshake, when the upstream speaks TLS. */
	readonly tlsName?: string;
	readonly head: boolean;
}

const errnos: Readonly<Record<string, string>> = {
	refused: '111: Connection refused',
	port: '111: Connection refused',
	'no-route': '101: Network is unreachable',
	net: '101: Network is unreachable',
};

export function askUpstream({stack}: Machine, call: UpstreamCall): UpstreamAnswer | UpstreamFailure {
	const connection = stack.connect(call.address, call.port);
	const {outcome} = connection;
	if (outcome.kind === 'timeout')
		return {
			kind: 'timeout',
			words: 'upstream timed out (110: Operation timed out) while connecting to upstream',
			sent: false,
			delayMs: call.connectTimeoutMs,
		};
	if (outcome.kind !== 'connected') {
		const errno = errnos[outcome.kind] ?? (outcome.kind === 'unreachable' ? errnos[outcome.code] : undefined) ?? '113: No route to host';
		return {kind: 'error', words: `connect() failed (${errno}) while connecting to upstream`, sent: false, delayMs: 0};
	}

	try {
		const seal = call.tlsName === undefined ? (text: string) => text : sealTls;
		if (call.tlsName !== undefined && !readServerHello(connection.exchange(clientHello({serverName: call.tlsName})).bytes))
			return {
				kind: 'error',
				words: 'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
				sent: false,
				delayMs: 0,
			};
		const {bytes, delayMs, end} = connection.exchange(seal(call.bytes));
		return readAnswer(call.tlsName === undefined ? bytes : (openTls(bytes) ?? ''), delayMs, end, call);
	} finally {
		connection.close();
	}
}

/** What came back: an answer, or why it is none. */
export function readAnswer(
	bytes: string,
	delayMs: number,
	end: string,
	call: Pick<UpstreamCall, 'head' | 'readTimeoutMs'>,
): UpstreamAnswer | UpstreamFailure {
	if (end === 'timeout' || delayMs > call.readTimeoutMs)
		return {
			kind: 'timeout',
			words: 'upstream timed out (110: Operation timed out) while reading response header from upstream',
			sent: true,
			delayMs: call.readTimeoutMs,
		};
	if (bytes === '')
		return end === 'reset'
			? {
					kind: 'error',
					words: 'recv() failed (104: Connection reset by peer) while reading response header from upstream',
					sent: true,
					delayMs,
				}
			: {kind: 'error', words: 'upstream prematurely closed connection while reading response header from upstream', sent: true, delayMs};
	const headEnd = bytes.indexOf('\r\n\r\n');
	const [line = '', ...lines] = (headEnd < 0 ? bytes : bytes.slice(0, headEnd)).split('\r\n');
	const status = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line);
	if (!status || headEnd < 0)
		return {
			kind: 'invalid_header',
			words: `upstream sent no valid HTTP/1.0 header while reading response header from upstream`,
			sent: true,
			delayMs,
		};
	const headers = lines.map(each => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1).trim()] as const);
	const find = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
	const rest = bytes.slice(headEnd + 4);
	const chunked = find('transfer-encoding')?.toLowerCase() === 'chunked';
	const length = find('content-length');
	return {
		status: Number(status[1]),
		reason: status[2]!,
		headers,
		body: call.head ? '' : chunked ? (joinChunks(rest) ?? rest) : length === undefined ? rest : rest.slice(0, Number(length)),
		sized: length !== undefined && !chunked,
		delayMs,
	};
}
