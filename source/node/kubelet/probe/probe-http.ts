import type {Connection} from '../../../net/netstack.js';
import {clientHello, isServerHello, openTls, readAlert, sealTls} from '../../../net/tls.js';
import type {KubeletContext} from '../context.js';

export interface HttpProbe {
	readonly host: string;
	readonly port: number;
	readonly path: string;
	readonly scheme: string;
	readonly headers: ReadonlyArray<{readonly name: string; readonly value: string}>;
	readonly timeoutMs: number;
	readonly agent: string;
}

export type HttpProbeResult =
	| {readonly kind: 'answer'; readonly status: number; readonly body: string; readonly tookMs: number}
	| {readonly kind: 'error'; readonly message: string; readonly tookMs: number};

/** A port by number, or by its name in the container; undefined when no port has that name. */
export function targetPort(port: number | string, container: any): number | undefined {
	if (typeof port === 'number') return port;
	if (/^\d+$/.test(port)) return Number(port);
	return container.ports?.find((each: any) => each.name === port)?.containerPort;
}

/** A GET from the node, as Go's http.Client words what goes wrong. */
export function probeHttp({host: {machine}}: KubeletContext, probe: HttpProbe): HttpProbeResult {
	const path = probe.path.startsWith('/') ? probe.path : `/${probe.path}`;
	const url = `${probe.scheme.toLowerCase()}://${probe.host}:${probe.port}${path}`;
	const error = (message: string, tookMs: number): HttpProbeResult => ({kind: 'error', message: `Get "${url}": ${message}`, tookMs});
	const tooLate = () => error('context deadline exceeded (Client.Timeout exceeded while awaiting headers)', probe.timeoutMs);
	const connection = machine.stack.connect(probe.host, probe.port);
	const {outcome} = connection;
	if (outcome.kind === 'refused' || outcome.kind === 'reset')
		return error(`dial tcp ${probe.host}:${probe.port}: connect: connection refused`, 0);
	if (outcome.kind === 'unreachable') return error(`dial tcp ${probe.host}:${probe.port}: connect: no route to host`, 0);
	// The client's own deadline comes first: since Go 1.23 a dial does not hear of it.
	if (outcome.kind !== 'connected') return tooLate();
	const own = probe.headers.find(header => header.name.toLowerCase() === 'host')?.value;
	const more = probe.headers.filter(header => header.name.toLowerCase() !== 'host').map(header => `${header.name}: ${header.value}\r\n`);
	const request = `GET ${path} HTTP/1.1\r\nHost: ${own ?? `${probe.host}:${probe.port}`}\r\nUser-Agent: ${probe.agent}\r\nAccept: */*\r\n${more.join('')}Connection: close\r\n\r\n`;
	const answer = exchange(connection, probe, request);
	connection.close();
	if ('problem' in answer) return error(answer.problem, 0);
	if (answer.end === 'timeout' || answer.delayMs > probe.timeoutMs) return tooLate();
	const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.bytes)?.[1];
	if (!status)
		return error(answer.bytes === '' ? 'EOF' : 'net/http: HTTP/1.x transport connection broken: malformed HTTP response', answer.delayMs);
	return {kind: 'answer', status: Number(status), body: answer.bytes.slice(answer.bytes.indexOf('\r\n\r\n') + 4), tookMs: answer.delayMs};
}

/** Over HTTPS any certificate will do: a probe does not verify it. */
function exchange(
	connection: Connection,
	{scheme, host}: HttpProbe,
	request: string,
): ReturnType<Connection['exchange']> | {problem: string} {
	if (scheme.toUpperCase() !== 'HTTPS') return connection.exchange(request);
	const hello = connection.exchange(clientHello({serverName: host, protocols: ['http/1.1']}));
	if (hello.bytes === '' || hello.end === 'timeout') return hello;
	if (readAlert(hello.bytes)) return {problem: 'remote error: tls: handshake failure'};
	if (!isServerHello(hello.bytes)) return {problem: 'http: server gave HTTP response to HTTPS client'};
	const answer = connection.exchange(sealTls(request));
	return {...answer, bytes: openTls(answer.bytes) ?? ''};
}
