import type {Connection} from '../../../net/netstack.js';
import {type HttpResponse, type HttpUrl, parseHttpResponse} from '../http/message.js';
import {CurlError} from './errors.js';
import type {CurlOptions, HttpProxy} from './options.js';
import {proxyAuthorization} from './proxy.js';
import type {Reporter} from './reporter.js';
import {userAgent} from './request.js';

/** CONNECT: from here on the proxy only passes bytes. */
export function openTunnel(connection: Connection, {host, port}: HttpUrl, proxy: HttpProxy, {values}: CurlOptions, report: Reporter): void {
	const account = proxyAuthorization(proxy);
	const agent = values.get('user-agent') ?? userAgent;
	const lines = [
		`CONNECT ${host}:${port} HTTP/1.1`,
		`Host: ${host}:${port}`,
		...(account === undefined ? [] : [`Proxy-Authorization: ${account}`]),
		...(agent === '' ? [] : [`User-Agent: ${agent}`]),
		'Proxy-Connection: Keep-Alive',
	];
	const bytes = `${lines.join('\r\n')}\r\n\r\n`;
	report.note('allocate connect buffer');
	report.note(`Establish HTTP proxy tunnel to ${host}:${port}`);
	report.sent({method: 'CONNECT', bytes, lines, bodyLength: 0});
	const answer = connection.exchange(bytes);
	const response = parseHttpResponse(answer.bytes, true);
	if (!response) {
		connection.close();
		throw new CurlError(56, 'Proxy CONNECT aborted');
	}

	report.received(response);
	report.note('CONNECT phase completed');
	if (response.status < 200 || response.status > 299) {
		const text = `CONNECT tunnel failed, response ${response.status}`;
		report.note(text);
		report.note('Closing connection 0');
		connection.close();
		throw new CurlError(56, text);
	}

	report.note(`CONNECT tunnel established, response ${response.status}`);
}

/** `--haproxy-protocol`: who asks, for a server that is told so. */
export const proxyLine = ({local, remote}: Connection): string =>
	`PROXY TCP4 ${local.address} ${remote.address} ${local.port} ${remote.port}\r\n`;

/** What came is all body, when that is allowed. */
export const headless = (bytes: string): HttpResponse => ({
	version: '0.9',
	status: 0,
	reason: '',
	headers: [],
	head: '',
	body: bytes,
	missing: 0,
});
