import type {Connection} from '../../../net/netstack.js';
import type {Machine} from '../../../node/machine.js';
import type {Effect} from '../../../shell/command.js';
import {rfc3339} from '../../../api/time.js';
import {certificatesIn} from '../../../tls/certificate.js';
import {nameForCurl} from '../../../tls/name.js';
import {timeText} from '../../../tls/text.js';
import {type Channel, plainChannel, systemTrust, tlsChannel} from '../http/channel.js';
import {type HttpResponse, type HttpUrl, parseHttpResponse} from '../http/message.js';
import {resolve} from '../resolve/resolve.js';
import {CurlError, tlsError} from './errors.js';
import type {CurlOptions} from './options.js';
import type {CurlRequest} from './request.js';

export interface Transfer {
	readonly response: HttpResponse;
	readonly connection: Connection;
	readonly times: {
		readonly namelookup: number;
		readonly connect: number;
		readonly appconnect: number;
		readonly starttransfer: number;
		readonly total: number;
	};
}

/** What happens on the way, for `-v`. */
export interface Reporter {
	note(text: string): void;
	sent(request: CurlRequest): void;
	received(response: HttpResponse): void;
}

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
): Generator<Effect, Transfer, unknown> {
	const {clock, random} = machine.sim;
	const microseconds = random.fork(`curl/${machine.name}`);
	const spent = (least: number) => (clock.now() - startedMs) / 1000 + (least + microseconds.int(200)) / 1e6;
	const limitMs = secondsMs(options.values.get('max-time'));
	const address = yield* addressOf(machine, url, options);
	const namelookup = spent(20);
	const connection = yield* connect(machine, url, address, options, startedMs, limitMs, report);
	const connectedAt = spent(240);
	report.note(`Connected to ${url.host} (${address}) port ${url.port} (#0)`);
	const channel = openChannel(machine, url, connection, options, report);
	const appconnect = url.scheme === 'https' ? spent(2600) : 0;
	report.sent(request);
	const answer = channel.exchange(request.bytes);
	const leftMs = limitMs === undefined ? Number.POSITIVE_INFINITY : startedMs + limitMs - clock.now();
	if (answer.delayMs > leftMs || (answer.end === 'timeout' && answer.bytes === '')) {
		if (leftMs === Number.POSITIVE_INFINITY) yield {sleepMs: 3_600_000};
		else yield {sleepMs: Math.max(0, leftMs)};
		throw new CurlError(28, `Operation timed out after ${clock.now() - startedMs} milliseconds with 0 bytes received`);
	}

	if (answer.delayMs > 0) yield {sleepMs: answer.delayMs};
	channel.close();
	if (answer.bytes === '') {
		throw answer.end === 'reset'
			? new CurlError(56, 'Recv failure: Connection reset by peer')
			: new CurlError(52, 'Empty reply from server');
	}

	const response = parseHttpResponse(answer.bytes, request.method === 'HEAD');
	if (!response) throw new CurlError(1, 'Received HTTP/0.9 when not allowed');
	report.received(response);
	const times = {namelookup, connect: connectedAt, appconnect, starttransfer: spent(700), total: spent(900)};
	if (response.missing > 0) throw new CurlError(18, `transfer closed with ${response.missing} bytes remaining to read`);
	return {response, connection, times};
}

export const secondsMs = (text: string | undefined): number | undefined =>
	text === undefined ? undefined : Math.round(Number(text) * 1000);

function* addressOf(machine: Machine, url: HttpUrl, options: CurlOptions): Generator<Effect, string, unknown> {
	for (const entry of options.resolve) {
		const [host, port, address] = entry.replace(/^\+/, '').split(':');
		if (address && (host === '*' || host!.toLowerCase() === url.host.toLowerCase()) && Number(port) === url.port)
			return address.split(',')[0]!;
	}

	const found = yield* resolve(machine, url.host);
	if ('error' in found) throw new CurlError(6, `Could not resolve host: ${url.host}`);
	return found.addresses[0]!;
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
	report.note(`  Trying ${address}:${url.port}...`);
	const connection = machine.stack.connect(address, url.port);
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

function openChannel(machine: Machine, url: HttpUrl, connection: Connection, options: CurlOptions, report: Reporter): Channel {
	if (url.scheme !== 'https') return plainChannel(connection);
	const cacert = options.values.get('cacert');
	const trustFile = cacert && (options.path?.(cacert) ?? cacert);
	if (trustFile && !machine.files.exists(trustFile)) {
		throw new CurlError(77, `error setting certificate verify locations:  CAfile: ${cacert} CApath: none`);
	}

	report.note('ALPN: offers h2,http/1.1');
	const channel = tlsChannel(connection, {
		serverName: url.host,
		insecure: options.flags.has('insecure'),
		trusted: trustFile ? machine.files.readText(trustFile) : systemTrust(machine.files),
		now: rfc3339(machine.sim.clock.now()),
	});
	if ('failure' in channel) {
		const error = tlsError(channel, url.host, url.port);
		report.note(error.message.split('\n')[0]!);
		report.note('Closing connection 0');
		throw error;
	}

	report.note('SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384');
	noteCertificate(channel, report);
	return channel;
}

function noteCertificate({certificate, verified}: Channel, report: Reporter): void {
	if (!certificate) return;
	const [leaf] = certificatesIn(certificate.pem ?? '');
	report.note('Server certificate:');
	report.note(` subject: ${leaf ? nameForCurl(leaf.subject) : `CN=${certificate.subject}`}`);
	if (leaf)
		for (const [title, at] of [
			['start', leaf.notBefore],
			['expire', leaf.notAfter],
		] as const)
			report.note(` ${title} date: ${timeText(at)}`);
	report.note(` issuer: ${leaf ? nameForCurl(leaf.issuer) : `CN=${certificate.issuer}`}`);
	if (verified !== undefined)
		report.note(verified === 'ok.' ? ' SSL certificate verify ok.' : ` SSL certificate verify result: ${verified}`);
}
