import type {Random} from '../../../sim/random.js';
import type {HttpResponse, HttpUrl} from '../http/message.js';
import type {CurlRequest} from './request.js';
import type {Reporter} from './reporter.js';

const hostLine = /^host:/i;

/** The pseudo headers and headers of an HTTP/2 stream, as curl 7.88 names them. */
export function noteHttp2(report: Reporter, url: HttpUrl, {method, lines}: CurlRequest, random: Random): void {
	report.data('out', 5);
	report.note('using HTTP/2');
	const host =
		lines
			.find(line => hostLine.test(line))
			?.slice(5)
			.trim() ?? url.host;
	const headers = lines.slice(1).filter(line => !hostLine.test(line));
	const pairs = [
		['method', method],
		['path', url.path],
		['scheme', url.scheme],
		['authority', host],
	].map(([name, value]) => `:${name}: ${value}`);
	for (const text of [...pairs, ...headers.map(lowered)]) report.note(`h2h3 [${text}]`);
	report.note(`Using Stream ID: 1 (easy handle 0x55${random.hex(7)}2b0)`);
}

const lowered = (line: string) => line.slice(0, line.indexOf(':')).toLowerCase() + line.slice(line.indexOf(':'));

/** How a message that went as HTTP/1.1 reads in HTTP/2: no reason, names in lower case, nothing about the connection. */
export const asHttp2 = {
	request: (request: CurlRequest): CurlRequest => ({
		...request,
		lines: request.lines.map((line, i) =>
			i === 0 ? line.replace(/HTTP\/1\.[01]$/, 'HTTP/2') : hostLine.test(line) ? line : lowered(line),
		),
	}),
	/** Go writes the length and the date last, in this order. */
	response(response: HttpResponse, isGo: boolean): HttpResponse {
		const last = (name: string) => (isGo ? ['content-length', 'date'].indexOf(name) : -1);
		const headers = response.headers
			.map(([name, value]) => [name.toLowerCase(), value] as const)
			.filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name))
			.sort(([a], [b]) => last(a) - last(b));
		const head = `HTTP/2 ${response.status} \r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
		return {...response, version: '2', reason: '', headers, head};
	},
};
