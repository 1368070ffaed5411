import type {ServiceAnswer} from '../../../net/socket.js';
import {httpDate} from '../../http/answer.js';
import {specialPage, statusLine} from '../../nginx/answer/pages.js';
import type {NginxRequest} from '../../nginx/connection/request-head.js';
import type {NginxContext} from './memory.js';

/** Where nginx.conf listens. */
export const ports = {http: 80, https: 443, fallback: 8181, status: 10_246} as const;

export function statusPage({memory}: NginxContext): string {
	const {accepted = 0, requests = 0} = memory.nginx ?? {};
	return `Active connections: 1 \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \nReading: 0 Writing: 1 Waiting: 0 \n`;
}

/** The default backend (8181: 404 for all) and the server for health and status (127.0.0.1:10246). */
export function answerOwn(context: NginxContext, port: number, request: NginxRequest): ServiceAnswer {
	const [status, type, body] = port === ports.fallback ? ([404] as const) : statusServer(context, request);
	const page = body ?? specialPage(status, 'nginx', {agent: request.headers['user-agent']});
	const close = port === ports.status || request.headers['connection']?.toLowerCase() === 'close';
	const head = [
		`HTTP/1.1 ${statusLine(status)}`,
		`Date: ${httpDate(context.machine.sim.clock.now())}`,
		`Content-Type: ${type ?? 'text/html'}`,
		`Content-Length: ${page.length}`,
		`Connection: ${close ? 'close' : 'keep-alive'}`,
	];
	return {bytes: `${head.join('\r\n')}\r\n\r\n${request.method === 'HEAD' ? '' : page}`, end: close ? 'closed' : 'open'};
}

function statusServer(context: NginxContext, {path}: NginxRequest): readonly [status: number, type?: string, body?: string] {
	if (path.startsWith('/healthz')) return [200, 'text/html', ''];
	if (path.startsWith('/is-dynamic-lb-initialized')) return [200, 'text/html', 'OK\n'];
	if (path.startsWith('/nginx_status')) return [200, 'text/plain', statusPage(context)];
	if (path === '/configuration/backends')
		return [200, 'application/json', JSON.stringify(context.memory.nginx?.configuration.backends ?? [])];
	return [404];
}
