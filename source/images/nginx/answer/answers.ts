import {type HttpAnswer, httpDate, lengthOf} from '../../http/answer.js';
import type {Exchange, Levels} from '../request/exchange.js';
import {specialPage, statusLine} from './pages.js';
import {hostName} from '../connection/request-head.js';
import {setting, settings} from '../config/server-table.js';
import {expand} from '../variables/variables.js';

export const head = (exchange: Exchange): Array<readonly [string, string]> => [
	['Server', setting('server_tokens', exchange.server.directives, exchange.table.http)?.args[0] === 'off' ? 'nginx' : exchange.software],
	['Date', httpDate(exchange.context.machine.sim.clock.now())],
];

export const connectionOf = ({request}: Exchange): string =>
	request.headers['connection']?.toLowerCase() === 'close' ? 'close' : 'keep-alive';

/** nginx's own page for a status. */
export function special(exchange: Exchange, status: number, levels: Levels, note?: string): HttpAnswer {
	if (status === 204) return {status, headers: [...head(exchange), ['Connection', connectionOf(exchange)]], body: ''};
	const software = setting('server_tokens', ...levels)?.args[0] === 'off' ? 'nginx' : exchange.software;
	const body = specialPage(status, software, {agent: exchange.request.headers['user-agent'], note});
	return {
		status,
		statusText: statusLine(status).slice(4),
		headers: [...head(exchange), ['Content-Type', 'text/html'], ['Content-Length', lengthOf(body)], ['Connection', connectionOf(exchange)]],
		body,
	};
}

export function redirect(exchange: Exchange, status: number, target: string, levels: Levels): HttpAnswer {
	const answer = special(exchange, status, levels);
	if (!target.startsWith('/')) return {...answer, headers: [...answer.headers, ['Location', target]]};
	return {...answer, headers: [...answer.headers.slice(0, -1), ['Location', absolute(exchange, target)], answer.headers.at(-1)!]};
}

/** absolute_redirect and port_in_redirect: the name that the client used, the port that nginx listens on. */
export function absolute({secure, port, request, server}: Exchange, path: string): string {
	const name = hostName(request.headers['host'] ?? '') || (server.names[0] ?? 'localhost');
	return `${secure ? 'https' : 'http'}://${name}${port === (secure ? 443 : 80) ? '' : `:${port}`}${path}`;
}

/** `return 404;`, `return 301 /new;`, `return 200 "text";`, `return http://...;`. A bare status may have a page of its own. */
export function answerReturn(exchange: Exchange, args: readonly string[], levels: Levels): HttpAnswer | {readonly status: number} {
	const [first = '', second] = args;
	if (!/^\d{3}$/.test(first)) return redirect(exchange, 302, expand(exchange, first), levels);
	const status = Number(first);
	if (second !== undefined && [301, 302, 303, 307, 308].includes(status))
		return redirect(exchange, status, expand(exchange, second), levels);
	if (second === undefined || (second === '' && status >= 300)) return {status};
	const body = expand(exchange, second);
	const type = setting('default_type', ...levels)?.args[0] ?? 'text/plain';
	return {
		status,
		headers: [...head(exchange), ['Content-Type', type], ['Content-Length', lengthOf(body)], ['Connection', connectionOf(exchange)]],
		body,
	};
}

const decorated = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);
/** What a later filter of nginx writes than the one of add_header. */
const later = new Set(['Accept-Ranges', 'Content-Range']);

/** `add_header` of the innermost level that has any: on good answers and redirects, on all with `always`. */
export function addHeaders(exchange: Exchange, answer: HttpAnswer, levels: Levels): HttpAnswer {
	const added = settings('add_header', ...levels)
		.filter(({args}) => decorated.has(answer.status) || args[2] === 'always')
		.map(({args}) => [args[0]!, expand(exchange, args[1] ?? '')] as const)
		.filter(([, value]) => value !== '');
	if (added.length === 0) return answer;
	const early = answer.headers.filter(([name]) => !later.has(name));
	return {...answer, headers: [...early, ...added, ...answer.headers.filter(([name]) => later.has(name))]};
}
